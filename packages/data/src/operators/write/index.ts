export { alternatives, filled, placeholders } from './template.ts';
export { write } from './write.ts';
