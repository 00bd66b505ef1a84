import type { JsonObject, Operator } from '@fasthep/flow';
import { inputFiles } from '../values/files.ts';
import { runCommand } from './run.ts';

/** Runs a command. */
export const shell: Operator = {
  name: 'shell',
  semantics: 1,
  doc: 'Run a command.\n\nIt runs in a folder of its own, which holds what the task reads as files (`counts.csv`, `counts.json`) and goes away afterwards; the files that `outputs` names are kept and published. A text is read by the shell; a list of words is run as it is, without quoting. What it prints is kept as `{task}.log`. It runs each time: what else it reads is not known.',
  examples: [
    'shell: {run: "sort -n counts.csv > sorted.csv", outputs: [sorted.csv]}',
    'shell: {run: [wc, -l, counts.csv]}',
  ],
  main: 'run',
  // A bare list is the words of one command.
  normalise: (args) => (Array.isArray(args) ? { run: args } : args),
  parameters: {
    type: 'object',
    properties: {
      run: {
        description: 'The command: a text for the shell, or a list of words.',
        type: ['string', 'array'],
        items: { type: 'string' },
        minItems: 1,
        minLength: 1,
        examples: ['sort -n counts.csv > sorted.csv'],
      },
      outputs: {
        description: 'Files that it makes, relative to its folder; * stands for any name.',
        type: 'array',
        items: { type: 'string', minLength: 1 },
        default: [],
        examples: [['sorted.csv']],
      },
      env: {
        description: 'Further environment variables.',
        type: 'object',
        additionalProperties: { type: ['string', 'number', 'boolean'] },
      },
    },
    required: ['run'],
    additionalProperties: false,
  },
  inputs: { input: { type: 'any', many: true, optional: true } },
  outputs: { files: { type: 'files' } },
  pure: false,
  run: {
    kind: 'whole',
    async apply(args, inputs, { registry, signal, log }) {
      const { run, outputs, env } = args as { run: string | string[]; outputs?: string[]; env?: JsonObject };
      const { files, log: text } = await runCommand({
        run,
        outputs: outputs ?? [],
        env: Object.fromEntries(Object.entries(env ?? {}).map(([name, value]) => [name, String(value)])),
        inputs: await inputFiles(inputs.input ?? [], registry),
        log: (line) => log(line),
        ...(signal ? { signal } : {}),
      });
      return {
        files:
          text === '' ? files : [...files, { name: '{task}.log', bytes: new TextEncoder().encode(text) }],
      };
    },
  },
};
