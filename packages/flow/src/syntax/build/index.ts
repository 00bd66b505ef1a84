export { type Builder, type NewTask, startDefinition, textOf } from './builder.ts';
export { type Edit, replace } from './replace.ts';
export { type Arguments, plain, Sourced, sourced, type TextMap } from './sourced.ts';
