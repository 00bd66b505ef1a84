import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { arrowFormat, decodeTable, jsonFormat, type Table } from '@fasthep/columns';
import type { JsonObject, NamedValue, Operator } from '@fasthep/flow';
import { assertUnchanged, callOf, codeFacts, codeIdentity, foundIn } from '../code/index.ts';
import { functionParameters } from '../js/js.ts';
import { givenValue, shownValue } from '../js/values.ts';
import { inputName } from '../values/files.ts';
import { callPython, pythonError } from './process.ts';

/** A Python function on products. */
export const python: Operator = {
  name: 'python',
  semantics: 1,
  doc: 'Call a function in a Python file, in a warm process.\n\nWhat the task reads are its arguments, by name, before `args`: tables as pyarrow tables where pyarrow is installed, else as dictionaries of lists; histograms in UHI form. It returns plain data; or, with `gives: table`, a table of pyarrow or pandas, columns or rows. The interpreter is `python3`, or what FASTHEP_PYTHON names.',
  examples: ['python: {call: "fits.py:profile", args: {level: 0.9}}'],
  main: 'call',
  parameters: functionParameters,
  inputs: { input: { type: 'any', many: true, optional: true } },
  outputs: (args) => ({ result: { type: String((args as JsonObject).gives ?? 'json') } }),
  async facts(args, context) {
    const { facts, problems, call } = codeFacts(args, context);
    if (call && call.language !== 'python')
      problems.push({
        code: 'adapt.call',
        message: `${call.file} is no Python`,
        help: 'use js: for JavaScript',
        path: ['call'],
      });
    return { facts, problems };
  },
  identity: codeIdentity,
  run: {
    kind: 'whole',
    usesNames: () => true,
    async apply(args, inputs, { known, signal }) {
      const options = args as JsonObject;
      const [call, found] = [callOf(options), foundIn(known)];
      assertUnchanged(call, found);
      const gives = String(options.gives ?? 'json');
      const folder = mkdtempSync(join(tmpdir(), 'fasthep-python-'));
      try {
        const arrow = (await callPython('functions:has_arrow', [])) === true;
        const sent = await Promise.all(
          (inputs.input ?? []).map((one, i) => sentValue(one, join(folder, String(i)), arrow)),
        );
        const target = join(folder, 'result');
        const made = (await callPython(
          'functions:call',
          [found.path, found.hash, call.name, sent, options.args ?? null, gives, target],
          signal,
        )) as JsonObject;
        if (made.form === 'arrow') return { result: await decodeTable(new Uint8Array(readFileSync(target))) };
        return {
          result: givenValue(made.value ?? made.columns ?? made.rows ?? null, gives, String(options.call)),
        };
      } catch (error) {
        throw pythonError(String(options.call), error);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
};

async function sentValue(input: NamedValue, path: string, arrow: boolean): Promise<JsonObject> {
  const name = inputName(input).replaceAll(/\W/g, '_');
  if (input.type !== 'table' && input.type !== 'report')
    return { name, value: shownValue(input) as JsonObject };
  const format = arrow ? arrowFormat : jsonFormat;
  writeFileSync(path, await format.encode!(input.value as Table, {}));
  return { name, path, form: arrow ? 'arrow' : 'json' };
}
