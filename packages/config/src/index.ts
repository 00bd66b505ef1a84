export { didYouMean, nearest } from '@fasthep/expression';
export { type ContextOptions, resolveContext } from './interpolation/context.ts';
export { originAt, originInside } from './origin/make.ts';
export { pointerKeys, pointerParent, pointerTo, valueAt } from './origin/pointer.ts';
export {
  COMMAND_LINE,
  type Config,
  type JsonPointer,
  type Origin,
  type Piece,
  type PlainJson,
} from './origin/types.ts';
export { CODES, type Code } from './problem/codes.ts';
export { ConfigErrors, ConfigProblem, type ProblemDetails, sortProblems } from './problem/problem.ts';
export { renderProblem, renderProblems } from './problem/render.ts';
export type { JsonSchema, JsonType } from './schema/types.ts';
export { type Validated, type ValidateOptions, validate } from './schema/validate.ts';
export { type ComposeFileOptions, composeFile } from './workflow/compose-file.ts';
export { type Files, memoryFiles } from './workflow/files.ts';
export { bindLate } from './workflow/late.ts';
