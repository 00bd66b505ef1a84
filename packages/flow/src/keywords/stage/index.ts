import type { Extension } from '../../types/plugin.ts';

/** `stage:` a label for reports, one of `stages` where there are some. */
export const stageKeyword: Extension = {
  keyword: 'stage',
  at: 'task',
  doc: 'A label for reports. No barrier: order follows from the data.',
  schema: { type: 'string', minLength: 1, examples: ['selection'] },
  order: 80,
};
