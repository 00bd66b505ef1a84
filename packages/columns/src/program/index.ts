export { assemble, type Part } from './assemble.ts';
export { checkProgram, type ProgramOptions } from './check.ts';
export { decodePartial, encodePartial } from './encode.ts';
export {
  type CollectPartial,
  type CountsPartial,
  type GroupPartial,
  type HistPartial,
  mergePartials,
  type Partial,
} from './partial.ts';
export { emptyPartials, type ProgramRun, type RunOptions, startProgram } from './run.ts';
export type {
  AxisSpec,
  BranchStep,
  CollectFill,
  Condition,
  CountsFill,
  DefineStep,
  Fill,
  FillStep,
  GroupFill,
  HistFill,
  KeepStep,
  OnlyStep,
  Program,
  ProgramInfo,
  ProgramProblem,
  ProjectStep,
  Step,
  StepInfo,
  VaryStep,
  WeightStep,
} from './types.ts';
export { SOURCE } from './types.ts';
