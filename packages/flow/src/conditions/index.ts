export { type ConditionUse, checkCondition } from './check.ts';
export { checkDatasets } from './dataset.ts';
export { type Decision, decideTree, decideWhen } from './decide.ts';
export { parseCondition, partsOf } from './parse.ts';
export { type Reference, referencesOf } from './references.ts';
export { isWord, type When, WORDS } from './words.ts';
