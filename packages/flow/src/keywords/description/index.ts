import type { Extension } from '../../types/plugin.ts';

/** `description:` a text for plans and reports. */
export const descriptionKeyword: Extension = {
  keyword: 'description',
  at: 'task',
  doc: 'A text, shown in plans and reports.',
  schema: { type: 'string' },
  order: 80,
};
