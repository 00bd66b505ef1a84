export { withDefaults } from './defaults.ts';
export type { SchemaProblem } from './types.ts';
export { validate } from './validate.ts';
