export type * from './types/index.ts';
export { exportStore, importStore, memoryStore, type StoreCheck, StoreError, verifyStore } from './store/index.ts';
export {
  type AttemptOptions,
  type EngineOptions,
  type ExecuteContext,
  type Executor,
  executeTask,
  findTask,
  freshKeys,
  inProcess,
  type MissingOptions,
  milliseconds,
  missing,
  type Progress,
  planIndex,
  runPlan,
  TaskFailure,
  type TaskItem,
  type TaskResult,
  taskError,
  taskName,
  type Work,
} from './run/index.ts';
