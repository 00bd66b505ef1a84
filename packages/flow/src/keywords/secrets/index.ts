import type { Extension } from '../../types/plugin.ts';

/** `secrets:` config keys whose values are never shown or stored. */
export const secretsKeyword: Extension = {
  keyword: 'secrets',
  at: 'top',
  doc: 'Config keys whose values are never shown or stored; content keys use their hash.',
  schema: { type: 'array', items: { type: 'string' }, examples: [['store.token']] },
  order: 80,
};
