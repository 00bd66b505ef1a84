import type { Extension } from '../../types/plugin.ts';

/** `allow_failure:` a failure of the task does not fail the run. */
export const allowFailureKeyword: Extension = {
  keyword: 'allow_failure',
  at: 'task',
  doc: 'Whether the run goes on, and exits 0 with a warning, when the task fails (false).',
  schema: { type: 'boolean' },
  order: 80,
};
