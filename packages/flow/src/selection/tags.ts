/** What was asked for on the command line. */
export interface TagChoice {
  /** `--tags`; none given: all tasks but those that are `never` run. */
  select?: readonly string[] | null;
  /** `--skip-tags`. */
  skip?: readonly string[] | null;
}

/** Words that mean tasks without being a tag of one. */
export const TAG_WORDS = ['all', 'tagged', 'untagged', 'always', 'never'];

/**
 * Whether a task of these tags runs, as in Ansible: `always` runs whatever is selected, `never` only when one
 * of its tags is named; `all`, `tagged` and `untagged` are words of their own; skipping wins.
 */
export function matchTags(tags: readonly string[], choice: TagChoice = {}): boolean {
  const own = new Set(tags.length > 0 ? tags : ['untagged']);
  const select = choice.select ?? ['all'];
  const skip = choice.skip ?? [];
  const never = own.has('never');
  const tagged = !own.has('untagged');
  const selected =
    own.has('always') ||
    (select.includes('all') && !never) ||
    select.some((tag) => own.has(tag)) ||
    (select.includes('tagged') && tagged && !never);
  if (!selected) return false;
  if (skip.includes('all')) return own.has('always') && !skip.includes('always');
  return !skip.some((tag) => own.has(tag)) && !(skip.includes('tagged') && tagged);
}
