export { FUNCTIONS } from './table.ts';
export type { ExpressionFunction, ExternalFunction } from './types.ts';
