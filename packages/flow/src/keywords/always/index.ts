import type { Extension } from '../../types/plugin.ts';

/** `always:` tasks that work after a block, whatever became of it. `block` lowers it. */
export const alwaysKeyword: Extension = {
  keyword: 'always',
  at: 'task',
  doc: 'Tasks that work after block and rescue, whatever became of them.',
  schema: { type: 'object', minProperties: 1 },
  order: 5,
  holds: 'tasks',
};
