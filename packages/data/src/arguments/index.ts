export { axis, axisSchema, isPlainName } from './axis.ts';
export { condition, conditionSchema, join } from './condition.ts';
