import { selectOperator, shippedExtensions } from '../keywords/index.ts';
import { betaSyntax, defaultSyntax } from '../syntax/index.ts';
import type { Plugin } from '../types/plugin.ts';

/** The pack `core`: the default syntax, its keywords, and the syntax of the beta. Everything else comes from other packs. */
export const corePlugin: Plugin = {
  name: 'core',
  operators: [selectOperator],
  syntaxes: [defaultSyntax, betaSyntax],
  extensions: shippedExtensions,
};
