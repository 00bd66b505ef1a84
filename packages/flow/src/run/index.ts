export type { ExecuteContext, Progress, TaskResult } from './context.ts';
export { type EngineOptions, runPlan } from './engine.ts';
export { executeTask } from './execute.ts';
export { type AttemptOptions, type Executor, inProcess } from './executor.ts';
export { TaskFailure, taskError } from './failure.ts';
export { freshKeys } from './fresh.ts';
export { lackingBefore, type MissingOptions, missing, type Work } from './missing.ts';
export { findTask, planIndex, type TaskItem, taskName, wantedOutputs } from './plan-index.ts';
export { type ProductFile, productFiles, safeName } from './publish.ts';
