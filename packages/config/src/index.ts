export { didYouMean, nearest } from '@fasthep/expression';
export { type AppArguments, OPTIONS, parseArguments, UsageError } from './app/arguments.ts';
export { type CompletionInput, completionScript, completions } from './app/complete.ts';
export { formatTime, runResolvers } from './app/now.ts';
export {
  type PlannedRun,
  planRuns,
  type RunOptions,
  type RunPlan,
  type SavedFile,
  shownPart,
} from './app/runs.ts';
export { defaultsText, searchPathText, treeText } from './app/show.ts';
export { type Composed, type ComposeOptions, compose, type Listed, listDefaults } from './compose/compose.ts';
export { type ConfigSource, folderSource, memorySource, Repository } from './compose/repository.ts';
export { Choices } from './defaults/choices.ts';
export { configEntry, type Entry } from './defaults/entry.ts';
export { defaultsList, defaultsTreeText, type ListedConfig, NOTHING } from './defaults/list.ts';
export { type DefaultsTree, defaultsTree } from './defaults/tree.ts';
export { type Got, get, getOr, has } from './edit/access.ts';
export { fromDotlist, mergeDotlist } from './edit/dotlist.ts';
export { withFlags } from './edit/guard.ts';
export { append, clear, insert, pop, remove } from './edit/list.ts';
export { type ListMode, type MergeOptions, merge, mergeInto, sameNode } from './edit/merge.ts';
export { set } from './edit/set.ts';
export { StructDefault } from './edit/special.ts';
export { type UpdateOptions, update } from './edit/update.ts';
export { structNode, wrap } from './edit/wrap.ts';
export { type Convert, type InstantiateOptions, instantiate } from './instantiate/instantiate.ts';
export { type Factory, Partial, type Registry, registryOf } from './instantiate/registry.ts';
export { type ContextOptions, resolveContext } from './interpolation/context.ts';
export { type FindOptions, selectNode } from './interpolation/find.ts';
export { parseElement } from './interpolation/parse.ts';
export { plainValue, registerResolver } from './interpolation/register.ts';
export { dereference, evaluateElement } from './interpolation/resolve.ts';
export {
  type Call,
  Opaque,
  type ResolveContext,
  type Resolver,
  type Value,
} from './interpolation/resolvers.ts';
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
export { applyOverrides, commandSource } from './override/apply.ts';
export { parseOverride, parseOverrides } from './override/parse.ts';
export { itemText, keyText } from './override/text.ts';
export {
  type ChoiceSweep,
  type Glob,
  type IntervalSweep,
  type Item,
  isSweep,
  ListExtension,
  type Override,
  type OverrideType,
  Quoted,
  type RangeSweep,
  type Sweep,
} from './override/types.ts';
export { plainItem } from './override/value.ts';
export { CODES, type Code } from './problem/codes.ts';
export { ConfigErrors, ConfigProblem, type ProblemDetails, sortProblems } from './problem/problem.ts';
export { renderProblem, renderProblems, sourceFrame } from './problem/render.ts';
export { type ContainerOptions, toContainer, toYaml } from './read/container.ts';
export { maskedCopy, missingKeys, resolveAll, select } from './read/query.ts';
export { type StandardSchema, validateStandard } from './schema/standard.ts';
export { structFromJsonSchema, structToJsonSchema } from './schema/struct.ts';
export type { JsonSchema, JsonType } from './schema/types.ts';
export { type Validated, type ValidateOptions, validate } from './schema/validate.ts';
export { type ExpandOptions, expandOverride, globNames, sweepValues } from './sweep/expand.ts';
export { batches, type Job, type PlanOptions, planJobs, planMultirun, remainingJobs } from './sweep/plan.ts';
export { create } from './tree/create.ts';
export {
  type Container,
  copyNode,
  type Flags,
  isContainer,
  isInterpolation,
  isMissing,
  ListNode,
  MapNode,
  type Node,
  ValueNode,
} from './tree/node.ts';
export { fullKey } from './tree/path.ts';
export { ANY, type EnumType, type StructType, type TypeRef, typeText } from './tree/types.ts';
export {
  Bytes,
  EnumMember,
  Float,
  float,
  integer,
  type Key,
  PathValue,
  type Scalar,
} from './value/scalar.ts';
export { scalarText, typeName } from './value/text.ts';
export {
  type ComposedFile,
  type ComposeFileOptions,
  composeFile,
  composeTree,
} from './workflow/compose-file.ts';
export { type Files, memoryFiles } from './workflow/files.ts';
export { bindLate } from './workflow/late.ts';
export { type LookedUp, lookUp, type Written } from './workflow/look-up.ts';
export { type DumpOptions, dumpYaml } from './yaml/dump.ts';
export { createFromText, load } from './yaml/load.ts';
export type { YamlMode, YamlOptions } from './yaml/options.ts';
