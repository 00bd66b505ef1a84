import type { When } from '../../conditions/index.ts';

/** A rule whose conditions are decided. */
interface DecidedRule {
  /** Its condition, or several that must all hold. */
  match: boolean | boolean[];
  when?: When;
  allow_failure?: boolean;
}

/**
 * GitLab's rules: the first that matches decides; none: the task does not run. What a rule does not say is
 * said by the task.
 */
export function firstMatch(
  rules: readonly DecidedRule[],
  task: { when?: When; allow_failure?: boolean } = {},
): { when: When; allow_failure: boolean; rule?: number } {
  const index = rules.findIndex(({ match }) => (Array.isArray(match) ? match.every(Boolean) : match));
  if (index < 0) return { when: 'never', allow_failure: task.allow_failure ?? false };
  const rule = rules[index]!;
  return {
    when: rule.when ?? task.when ?? 'on_success',
    allow_failure: rule.allow_failure ?? task.allow_failure ?? false,
    rule: index,
  };
}
