import { shippedExtensions } from '../keywords/index.ts';
import { defaultSyntax } from '../syntax/default/index.ts';
import type { Plugin } from '../types/plugin.ts';

/** The pack `core`: the default syntax and its keywords. Everything else comes from other packs. */
export const corePlugin: Plugin = {
  name: 'core',
  syntaxes: [defaultSyntax],
  extensions: shippedExtensions,
};
