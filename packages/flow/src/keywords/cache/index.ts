import type { Extension } from '../../types/plugin.ts';

/** `cache: false` makes a task anew in each run. */
export const cacheKeyword: Extension = {
  keyword: 'cache',
  at: 'task',
  doc: 'Whether a stored output may be reused (true for operators that repeat).',
  schema: { type: 'boolean' },
  order: 80,
};
