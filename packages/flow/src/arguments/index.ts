export { checkArguments } from './check.ts';
export { argumentReferences } from './conditions.ts';
export { expandMain, normaliseAt } from './main.ts';
export { type SchemaProblem, validate, withDefaults } from './schema/index.ts';
