import type { Extension } from '../../types/plugin.ts';

/** `tags:` for `--tags` and `--skip-tags`; `always` and `never` are special. */
export const tagsKeyword: Extension = {
  keyword: 'tags',
  at: 'task',
  doc: 'Labels by which `--tags` and `--skip-tags` choose tasks. `never`: only when asked for; `always`: unless skipped.',
  schema: { type: 'array', items: { type: 'string', minLength: 1 }, examples: [['never', 'publish']] },
  order: 80,
};
