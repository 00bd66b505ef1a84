export { checkArguments } from '../arguments/index.ts';
export { checkCondition, checkDatasets, decideWhen } from '../conditions/index.ts';
export {
  matchTags,
  matchTasks,
  selectTasks,
  type TagChoice,
  withDependants,
  withNeeded,
} from '../selection/index.ts';
export { type WiredInput, type Wiring, wireTasks } from '../wiring/index.ts';
export { selectOperator } from './block/select.ts';
export { type CheckRule, checkOf } from './check/rule.ts';
export { milliseconds } from './duration.ts';
export { resolveExtends } from './extends/index.ts';
export { lowerDefinition } from './lower.ts';
export { expandMatrix } from './matrix/index.ts';
export { type Retry, retryOf } from './retry/index.ts';
export { firstMatch } from './rules/index.ts';
export { shippedExtensions } from './shipped.ts';
export { timeoutOf } from './timeout/index.ts';
