/** GitLab's words for `when` that are carried over. */
export const WORDS = ['always', 'on_success', 'on_failure', 'never'] as const;
/** Those that are not: a run has no buttons and no clock. */
export const FOREIGN_WORDS = ['manual', 'delayed'];

export type When = (typeof WORDS)[number];

/** Whether a `when` is one of the words rather than a condition. */
export function isWord(value: unknown): value is When {
  return (WORDS as readonly unknown[]).includes(value);
}
