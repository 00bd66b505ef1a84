import type { Extension } from '../../types/plugin.ts';

/** `use:` packs beside the shipped ones. */
export const useKeyword: Extension = {
  keyword: 'use',
  at: 'top',
  doc: 'Packs beside the shipped ones: names of npm packages, or paths of files.',
  schema: { type: 'array', items: { type: 'string', minLength: 1 }, examples: [['./my-plugin.js']] },
  order: 80,
};
