const SHELL = 'use the operator `shell`; set-up belongs to `resources: {image: ...}`';
const OUTPUTS = 'every output is kept anyway; `write` publishes one as a file';
const HANDLERS = 'what has not changed is taken from the cache; let tasks `needs` what they read';
const MACHINES = 'where a task runs is said by `run.backend` and `resources`';

/** Keys of GitLab CI and Ansible that mean nothing for data, and what to use instead. */
export const FOREIGN: Readonly<Record<string, string>> = {
  script: SHELL,
  before_script: SHELL,
  after_script: SHELL,
  image: 'write `resources: {image: ...}`',
  services: 'write `resources: {image: ...}`',
  artifacts: OUTPUTS,
  dependencies: 'use `needs`: it gives order and data',
  environment: '`env` sets variables of `shell`; publishing is `write`',
  release: 'publishing is `write`',
  pages: 'publishing is `write`',
  coverage: 'a check of a result is the operator `assert`',
  interruptible: 'any run can be interrupted, and goes on from what is stored',
  only: 'use `rules: [{if: ...}]` or `when`',
  except: 'use `rules: [{if: ...}]` or `when`',
  trigger: 'use `include`',
  inherit: 'use `extends`, and a template for what is shared',
  workflow: 'use `when` on tasks, or `-m` for several runs',
  parallel: 'use `matrix`',
  variables: 'use a section of your own and `${section.key}`; for `shell`, `env`',
  hosts: MACHINES,
  inventory: MACHINES,
  delegate_to: MACHINES,
  run_once: 'a task runs once for each instance of its matrix; without one, once',
  serial: 'use `run.workers`',
  strategy: 'order follows from the data; use `needs` for more',
  become: MACHINES,
  connection: MACHINES,
  gather_facts: 'facts about the inputs are gathered by the survey',
  register: "the output of a task is called by the task's name",
  set_fact: 'config does not change while it runs; name the task whose result is meant',
  changed_when: HANDLERS,
  notify: HANDLERS,
  handlers: HANDLERS,
  failed_when: 'use `check` or the operator `assert`',
  ignore_errors: 'use `allow_failure: true`',
  until: 'a task repeats the same answer; `retry` is for failures',
  retries: 'use `retry: {max: ...}`',
  delay: 'use `retry: {delay: ...}`',
  check_mode: 'use `fasthep-flow plan`',
  vars: 'use a section of your own and `${section.key}`',
  meta: 'write `description`',
  any_errors_fatal: 'a failed task stops what needs it; `run.fail_fast: true` stops all',
  async: 'tasks run in parallel wherever the data allows',
  kwargs: 'arguments are the value of the operator key',
  type: 'the operator is a key of its own: `hist: {...}`',
  op: 'the operator is a key of its own: `hist: {...}`',
  params: 'arguments are the value of the operator key; `params:` of a file stands at the top',
  from: 'use `needs`',
};

/** The hint for a key of another language, if it is one. */
export function foreignHint(key: string): string | undefined {
  if (Object.hasOwn(FOREIGN, key)) return FOREIGN[key];
  if (key.startsWith('with_')) return 'use `matrix` or `loop`';
  if (key.startsWith('CI_')) return 'use a section of your own and `${section.key}`';
  return undefined;
}
