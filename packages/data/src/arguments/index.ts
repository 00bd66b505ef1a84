export { axis, axisProblems, axisSchema, isPlainName } from './axis.ts';
export { condition, conditionSchema } from './condition.ts';
