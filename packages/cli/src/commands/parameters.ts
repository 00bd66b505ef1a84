/** Parameters that commands share. */

/** Flags that every command has. */
export const common = {
  json: { kind: 'boolean', optional: true, withNegated: false, brief: 'Write the result as JSON' },
  debug: { kind: 'boolean', optional: true, withNegated: false, brief: 'Save the stack trace of an error' },
} as const;

/** Flags of all commands that read a workflow. */
export const workflowFlags = {
  ...common,
  configDir: {
    kind: 'parsed',
    parse: String,
    optional: true,
    variadic: true,
    brief: 'A folder with config groups, besides those beside the file',
    placeholder: 'folder',
  },
  configName: {
    kind: 'parsed',
    parse: String,
    optional: true,
    brief: 'The config to begin with, by its name in that folder, here or in conf; then no file is named',
    placeholder: 'name',
  },
  syntax: {
    kind: 'parsed',
    parse: String,
    optional: true,
    brief: 'The syntax of the file, where its shape does not tell: default, carpenter, beta, fasthep',
    placeholder: 'name',
  },
} as const;

/** A flag with a text. */
export function textFlag(brief: string, placeholder: string) {
  return { kind: 'parsed', parse: String, optional: true, brief, placeholder } as const;
}

/** A flag that is there or not. */
export function switchFlag(brief: string) {
  return { kind: 'boolean', optional: true, withNegated: false, brief } as const;
}

/** Flags of commands that can show their config. */
export const showFlags = {
  cfg: {
    kind: 'enum',
    values: ['job', 'resolved'],
    optional: true,
    brief: 'Print the composed config, as written or with its interpolations followed, and stop',
  },
  info: {
    kind: 'enum',
    values: ['defaults', 'defaults-tree', 'searchpath'],
    optional: true,
    brief: 'Print how the config is composed, and stop',
  },
} as const;

/** Flags of commands that can make several runs. */
export const multirunFlags = {
  multirun: switchFlag('One run for each combination of swept values: a=1,2 b=range(0,10) c=glob(*)'),
  zip: {
    kind: 'parsed',
    parse: String,
    optional: true,
    variadic: true,
    brief: 'Sweeps that go side by side instead of in all combinations',
    placeholder: 'key,key',
  },
  resume: textFlag('Go on with a multirun: its folder, or last. Numbers stay', 'folder'),
  failFast: switchFlag('Stop everything at the first failure'),
  keepGoing: switchFlag('Do what can be done in spite of failures (the default)'),
} as const;

/** The workflow file and overrides of its config. */
export const workflowWords = {
  kind: 'array',
  parameter: {
    brief: 'A workflow file, then overrides of its config: a.b=1, +new=1, ~gone',
    placeholder: 'file',
    parse: String,
  },
} as const;

/** Usage lines of a command that takes a workflow file. */
export function workflowUsage(...more: { input: string; brief: string }[]) {
  return ['FILE [OVERRIDE...]', ...more] as const;
}
