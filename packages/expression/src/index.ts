export { type ExpressionCode, ExpressionError } from './errors/errors.ts';
export { didYouMean, nearest } from './errors/nearest.ts';
export { evaluate, type Scope } from './evaluate/evaluate.ts';
export { truth } from './evaluate/functions.ts';
export type { Value } from './evaluate/values.ts';
export { LIMITS, parse } from './parse/parser.ts';
export { print, printName, printText } from './print/print.ts';
export type * from './tree/types.ts';
export { calls, children, names, type UsedName } from './tree/walk.ts';
