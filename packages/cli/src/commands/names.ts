/** Commands whose words are a workflow file and overrides of its config. */
export const WORKFLOW_COMMANDS: readonly string[] = [
  'run',
  'config',
  'definition',
  'graph',
  'plan',
  'lint',
  'why',
];
