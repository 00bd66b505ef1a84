import type { Schema } from '@fasthep/columns';
import { nearest } from '@fasthep/expression';
import type {
  ArgumentProblem,
  BatchContext,
  BatchResults,
  BatchWork,
  Json,
  JsonObject,
  Operator,
} from '@fasthep/flow';
import { callOf, codeFacts, codeIdentity, foundIn } from '../code/index.ts';
import { columnNamed, producedFields, producesSchema, withFields } from '../fields/type.ts';
import { aboutPythonReader, pythonResults, startPythonReader } from '../python/reader.ts';
import { loadReader } from './module.ts';
import { jsResults } from './results.ts';
import { startReader } from './work.ts';

const resultsOf = (args: Json) =>
  callOf(args as JsonObject).language === 'python' ? pythonResults : jsResults;

const results: Pick<BatchResults, 'merge' | 'assemble'> = {
  merge: (args, ...more) => resultsOf(args).merge(args, ...more),
  assemble: (args, ...more) => resultsOf(args).assemble(args, ...more),
};

/** Code for one event at a time. */
export const reader: Operator = {
  name: 'reader',
  semantics: 1,
  doc: 'Run your code for one event at a time.\n\nA class or object in a JavaScript or TypeScript file, or a class in a Python file as alphatwirl has them, with `event` and, as it likes, `begin`, `end`, `merge` and `result`. Returning `false` drops the event. What it `produces` are fields like any other for what follows. Its output `result` is what it found out, merged over all partitions. `order: ordered` or `whole-dataset` gives it all events of a dataset in their order.',
  examples: [
    'reader: {call: "readers.mjs:Leading", reads: [jet_pt], produces: {ht: float}}',
    'reader: {call: "readers.py:Duplicates", order: ordered}',
  ],
  main: 'call',
  parameters: {
    type: 'object',
    properties: {
      call: {
        description: 'The file, and the class or object in it.',
        type: 'string',
        minLength: 1,
        examples: ['readers.mjs:Leading'],
      },
      args: { description: 'What it is made with.' },
      reads: {
        description: 'Fields that it reads; all, when absent.',
        type: 'array',
        items: { type: 'string' },
      },
      produces: producesSchema,
      order: {
        description: 'Which events one reader sees: any in a row, or all of a dataset in their order.',
        type: 'string',
        enum: ['independent', 'ordered', 'whole-dataset'],
        default: 'independent',
      },
    },
    required: ['call'],
    additionalProperties: false,
  },
  inputs: { rows: { type: 'rows' } },
  outputs: { rows: { type: 'rows' }, result: { type: 'json', doc: 'What it found out.' } },
  async facts(args, context) {
    const { facts, problems, call, found } = codeFacts(args, context);
    if (!call || !found || problems.length > 0) return { facts, problems };
    try {
      if (call.language === 'python') {
        const { merges, reads, produces } = await aboutPythonReader(call, found);
        return {
          facts: {
            ...facts,
            merges: merges!,
            ...(reads ? { reads } : {}),
            ...(produces ? { produces } : {}),
          },
          problems,
        };
      }
      const own = await loadReader(call, found, (args as JsonObject).args ?? null);
      if (own.reads) facts.reads = [...own.reads];
      if (own.produces) facts.produces = { ...own.produces };
      facts.merges = own.merge !== undefined;
    } catch (error) {
      const { code, message, help } = error as { code?: string; message: string; help?: string };
      problems.push({ code: code ?? 'adapt.code', message, ...(help ? { help } : {}), path: ['call'] });
    }
    return { facts, problems };
  },
  identity: codeIdentity,
  run: {
    kind: 'batch',
    stream: 'table',
    schema(args, before, _lookups, known) {
      const schema = (before ?? {}) as unknown as Schema;
      const made = producedOf(args, known);
      const problems = [...made.problems];
      const reads = readsOf(args, known, schema, problems);
      return {
        ...(reads ? { reads } : {}),
        schema: withFields(schema, made.schema) as unknown as Json,
        problems,
      };
    },
    sequential: (args) =>
      (args as JsonObject).order !== undefined && (args as JsonObject).order !== 'independent',
    async apply(args, batch, context) {
      return (await start(args, context)).push(batch);
    },
    start,
    results: { unasked: (_args, known) => known.merges === true, ...results },
  },
};

async function start(args: Json, { known, signal }: Omit<BatchContext, 'place'>): Promise<BatchWork> {
  const options = args as JsonObject;
  const call = callOf(options);
  const { schema } = producedOf(args, known ?? {});
  const reads = (options.reads ?? known?.reads) as string[] | undefined;
  if (call.language === 'python')
    return startPythonReader(call, foundIn(known), options.args ?? null, schema, reads, signal);
  const own = await loadReader(call, foundIn(known), options.args ?? null);
  if (options.reads) own.reads = options.reads as string[];
  return startReader(own, String(options.call), options.args ?? null, schema);
}

/** Fields that it makes: those of the task, else those that the code names itself. */
function producedOf(args: Json, known: JsonObject) {
  return producedFields((args as JsonObject).produces ?? known.produces);
}

/** The columns that it reads, by their names in the rows; undefined: all. */
function readsOf(
  args: Json,
  known: JsonObject,
  schema: Schema,
  problems: ArgumentProblem[],
): string[] | undefined {
  const given = (args as JsonObject).reads;
  const names = (given ?? known.reads) as string[] | undefined;
  return names?.flatMap((name, i) => {
    const column = columnNamed(schema, name);
    if (column !== undefined) return [column];
    const [guess] = nearest(name, Object.keys(schema));
    problems.push({
      code: 'adapt.field',
      message: `there is no field '${name}'`,
      ...(guess ? { help: `did you mean '${guess}'?` } : {}),
      path: given ? ['reads', i] : ['call'],
    });
    return [];
  });
}
