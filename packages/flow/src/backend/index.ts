/**
 * For back ends on other engines: which tasks a run has, which waits for which, and the rules by which a task
 * works, waits, is tried again or left out. An engine decides none of this; it only keeps the order.
 */
export { retryOf } from '../keywords/retry/index.ts';
export { timeoutOf } from '../keywords/timeout/index.ts';
export type { Before, Cause, EdgeKind } from '../run/before.ts';
export { nextAttempt } from '../run/control.ts';
export { type DagEdge, type DagNode, workDag } from '../run/dag.ts';
export { type EventQueue, eventQueue } from '../run/event-queue.ts';
export { timedOut } from '../run/executor.ts';
export { interrupted } from '../run/failure.ts';
export {
  decideGuards,
  guardOf,
  judge,
  mayBeRescued,
  type OutcomeOf,
} from '../run/guard.ts';
export { dropIncomplete } from '../run/incomplete.ts';
export { workSizes } from '../run/missing.ts';
