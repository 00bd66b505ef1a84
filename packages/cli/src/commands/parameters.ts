/** Parameters that commands share. */

/** Flags that every command has. */
export const common = {
  json: { kind: 'boolean', optional: true, withNegated: false, brief: 'Write the result as JSON' },
  debug: { kind: 'boolean', optional: true, withNegated: false, brief: 'Save the stack trace of an error' },
} as const;

/** A flag with a text. */
export function textFlag(brief: string, placeholder: string) {
  return { kind: 'parsed', parse: String, optional: true, brief, placeholder } as const;
}

/** A flag that is there or not. */
export function switchFlag(brief: string) {
  return { kind: 'boolean', optional: true, withNegated: false, brief } as const;
}

/** The workflow file and overrides of its config. */
export const workflowWords = {
  kind: 'array',
  minimum: 1,
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
