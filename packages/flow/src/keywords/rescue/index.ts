import type { Extension } from '../../types/plugin.ts';

/** `rescue:` tasks for when one of a block fails. `block` lowers it. */
export const rescueKeyword: Extension = {
  keyword: 'rescue',
  at: 'task',
  doc: 'Tasks that work when one of the block failed. The output of the last takes the place of that of the block.',
  schema: { type: 'object', minProperties: 1 },
  order: 5,
  holds: 'tasks',
};
