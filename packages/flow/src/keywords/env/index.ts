import type { Extension } from '../../types/plugin.ts';

/** `env:` variables of the environment of `shell` and other external programs. */
export const envKeyword: Extension = {
  keyword: 'env',
  at: 'task',
  doc: 'Environment of external programs (`shell`), and of nothing else.',
  schema: {
    type: 'object',
    additionalProperties: { type: ['string', 'number', 'boolean'] },
    examples: [{ OMP_NUM_THREADS: 1 }],
  },
  order: 80,
};
