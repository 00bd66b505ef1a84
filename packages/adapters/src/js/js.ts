import type { JsonObject, Operator } from '@fasthep/flow';
import { callOf, codeFacts, codeIdentity, foundIn, loadExport } from '../code/index.ts';
import { AdaptError } from '../error.ts';
import { inputName } from '../values/files.ts';
import { givenValue, shownValue } from './values.ts';

/** Parameters of operators that call a user's function. */
export const functionParameters = {
  type: 'object',
  properties: {
    call: {
      description: 'The file, and the function in it.',
      type: 'string',
      minLength: 1,
      examples: ['fits.mjs:profile'],
    },
    args: { description: 'Further arguments, by name.' },
    gives: {
      description: 'What it returns: plain data, a table, or a histogram.',
      type: 'string',
      enum: ['json', 'table', 'histogram'],
      default: 'json',
    },
  },
  required: ['call'],
  additionalProperties: false,
};

/** A function of the user's on products. */
export const js: Operator = {
  name: 'js',
  semantics: 1,
  doc: 'Call a function in a JavaScript or TypeScript file.\n\nIt gets what the task reads, by name (`{counts}`): tables as columns, histograms in UHI form; then `args`. What it returns is plain data, or what `gives` says. Its code counts by its contents: an edited file makes the result anew.',
  examples: ['js: {call: "fits.mjs:profile", args: {level: 0.9}}'],
  main: 'call',
  parameters: functionParameters,
  inputs: { input: { type: 'any', many: true, optional: true } },
  outputs: (args) => ({ result: { type: String((args as JsonObject).gives ?? 'json') } }),
  async facts(args, context) {
    const { facts, problems, call, found } = codeFacts(args, context);
    if (call && found) {
      const wrong = call.language === 'js' ? await lacking(args) : `${call.file} is no JavaScript`;
      if (wrong)
        problems.push({ code: 'adapt.call', message: wrong, help: 'use python: for Python', path: ['call'] });
    }
    return { facts, problems };

    async function lacking(given: typeof args): Promise<string | undefined> {
      try {
        const value = await loadExport(callOf(given as JsonObject), found!);
        return typeof value === 'function' ? undefined : `'${call!.name}' in ${call!.file} is no function`;
      } catch (error) {
        return (error as Error).message;
      }
    }
  },
  identity: codeIdentity,
  run: {
    kind: 'whole',
    usesNames: () => true,
    async apply(args, inputs, { known, log, signal }) {
      const options = args as JsonObject;
      const what = String(options.call);
      const found = await loadExport(callOf(options), foundIn(known));
      const values = Object.fromEntries((inputs.input ?? []).map((one) => [inputName(one), shownValue(one)]));
      let made: unknown;
      try {
        made = await (found as (...all: unknown[]) => unknown)(values, options.args ?? {}, { log, signal });
      } catch (error) {
        throw new AdaptError(
          'adapt.user-code',
          `${what} failed: ${error instanceof Error ? error.message : String(error)}`,
          undefined,
          error,
        );
      }
      return { result: givenValue(made, String(options.gives ?? 'json'), what) };
    },
  },
};
