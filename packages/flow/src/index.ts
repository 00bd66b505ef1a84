export type { Config, Origin } from '@fasthep/config';
export { convertWorkflow } from './core/convert.ts';
export { corePlugin } from './core/plugin.ts';
export { readSyntax } from './core/read-syntax.ts';
export {
  CODES,
  CONFIG_CODES,
  type Explanation,
  explain,
  explanationPage,
  FlowError,
  FlowErrors,
  fromConfig,
  hasErrors,
  type Located,
  originAt,
  pointer,
  problemAt,
  renderProblem,
  renderProblems,
  sortProblems,
  suggest,
} from './errors/index.ts';
export { interpret } from './interpret/interpret.ts';
export {
  checkArguments,
  expandMatrix,
  firstMatch,
  lowerDefinition,
  matchTags,
  milliseconds,
  resolveExtends,
  retryOf,
  selectTasks,
  shippedExtensions,
  type WiredInput,
  type Wiring,
  wireTasks,
  withDependants,
  withNeeded,
} from './keywords/index.ts';
export { type Change, comparePlans, type Planned, type Why, whyProduct } from './plan/compare.ts';
export { contentKey, datasetRanges, partialKey, partitionKeys, rowsKey } from './plan/keys.ts';
export { parseBytes } from './plan/partition.ts';
export { makePlan, type PlanOptions } from './plan/plan.ts';
export { createRegistry, definePlugin } from './registry/registry.ts';
export {
  type AttemptOptions,
  type EngineOptions,
  type ExecuteContext,
  type Executor,
  executeTask,
  findTask,
  freshKeys,
  inProcess,
  lackingBefore,
  MASK,
  type MissingOptions,
  missing,
  type ProductFile,
  type Progress,
  planIndex,
  productFiles,
  refuseMasked,
  runPlan,
  safeName,
  TaskFailure,
  type TaskItem,
  type TaskResult,
  taskError,
  taskName,
  type Work,
  wantedOutputs,
} from './run/index.ts';
export {
  exportStore,
  importStore,
  memoryStore,
  type StoreCheck,
  StoreError,
  verifyStore,
} from './store/index.ts';
export { type SurveyMemory, type SurveyOptions, survey } from './survey/survey.ts';
export {
  type Arguments,
  type Builder,
  type Edit,
  type NewTask,
  plain,
  replace,
  Sourced,
  sourced,
  startDefinition,
  type TextMap,
  textOf,
} from './syntax/build/index.ts';
export { defaultSyntax, workflowSchema } from './syntax/index.ts';
export type * from './types/index.ts';
