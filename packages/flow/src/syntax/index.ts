export { defaultSyntax } from './default/index.ts';
