import { type Column, type Table, takeColumn, takeRows } from '@fasthep/columns';
import type { BatchContext, Json, Operator } from '@fasthep/flow';
import { DataError } from '../../error.ts';
import { type JoinRule, joinRules } from './arguments.ts';
import { matchByEntry } from './by-entry.ts';
import { listsOf, type Matches, matchByKey } from './by-key.ts';
import { joinSchema } from './schema.ts';

/** Brings other streams to the rows of the left one. */
export const join: Operator = {
  name: 'join',
  semantics: 1,
  doc: "Bring other streams to the rows of `left`, in its order.\n\nBy key, in any order (`truth: [run, event]`), or by row number (`raw: entry`). Fields of the others get their input's name in front: `truth.energy`. Where there is no match they are missing, or with `how: inner` the row is dropped. Several rows with one key are an error, or with `many: list` a collection.",
  examples: [
    'join: {truth: [runID, eventID], raw: entry}',
    'join: {run: {by: [runID], how: inner}, hits: {by: {eventID: event}, many: list}}',
  ],
  map: true,
  parameters: {
    description: 'How this input is brought to the left rows: keys, `entry`, or `{by, how, many, mismatch}`.',
    type: ['string', 'array', 'object'],
    items: { type: 'string' },
    properties: {
      by: {
        description: 'Keys of both sides, `{left name: other name}`, or `entry` for the same row number.',
        type: ['array', 'object', 'string'],
        items: { type: 'string' },
        additionalProperties: { type: 'string' },
      },
      how: {
        description: 'Left rows without a match stay, or are dropped.',
        type: 'string',
        enum: ['left', 'inner'],
      },
      many: {
        description: 'Several matches: refused, or all of them as a collection.',
        type: 'string',
        enum: ['error', 'list'],
      },
      mismatch: {
        description: 'Another number of rows, by row number.',
        type: 'string',
        enum: ['error', 'truncate', 'pad'],
      },
    },
    required: ['by'],
    additionalProperties: false,
    examples: [['run', 'event'], 'entry', { by: ['run'], how: 'inner' }],
  },
  inputs: {
    left: { type: 'rows', doc: 'The rows that others are brought to.' },
    others: { type: 'rows', many: true, doc: 'What is looked up, each under a name of its own.' },
  },
  outputs: { rows: { type: 'rows' } },
  run: { kind: 'batch', stream: 'table', schema: joinSchema, apply },
};

async function apply(args: Json, batch: unknown, context: BatchContext): Promise<Table> {
  let left = batch as Table;
  const joined: Record<string, Column> = {};
  // What drops rows comes first, so that the others are looked up for fewer.
  const rules = Object.entries(joinRules(args)).sort(([, a], [, b]) => Number(drops(b)) - Number(drops(a)));
  const entries = rules.filter(([, rule]) => rule.by === 'entry');
  const keys = rules.filter(([, rule]) => rule.by !== 'entry');
  const matches: [string, JoinRule, Matches][] = [];
  for (const [port, rule] of entries) {
    matches.push([port, rule, await matchByEntry(left, port, rule, context.lookups[port]!, context.place)]);
  }
  for (const [port, rule] of keys) {
    matches.push([port, rule, await matchByKey(left, port, rule, context.lookups[port]!)]);
  }

  const kept = keptRows(left.length, matches);
  if (kept) {
    left = takeRows(left, kept);
    for (const match of matches)
      match[2] = { ...match[2], found: Array.from(kept, (row) => match[2].found[row]) };
  }
  for (const [port, rule, { rows, found }] of matches) {
    for (const [name, column] of Object.entries(columnsOf(rows, found, port, rule)))
      joined[`${port}.${name}`] = column;
  }
  return { length: left.length, columns: { ...left.columns, ...joined } };
}

const drops = (rule: JoinRule) => rule.how === 'inner' || rule.mismatch === 'truncate';

/** Left rows that stay; undefined when all do. */
function keptRows(length: number, matches: readonly [string, JoinRule, Matches][]): Int32Array | undefined {
  const dropping = matches.filter(([, rule]) => drops(rule));
  if (dropping.length === 0) return undefined;
  const kept: number[] = [];
  for (let row = 0; row < length; row++) {
    if (dropping.every(([, , { found }]) => found[row] !== undefined)) kept.push(row);
  }
  return kept.length === length ? undefined : Int32Array.from(kept);
}

function columnsOf(
  rows: Table | undefined,
  found: Matches['found'],
  port: string,
  rule: JoinRule,
): Record<string, Column> {
  if (!rows)
    throw new DataError(
      'data.join-nothing',
      `'${port}' has no data for this dataset`,
      `every dataset of the left rows needs one of the same name there`,
    );
  if (rule.many === 'list') return listsOf(rows, found, `n${port}`);
  const indices = Int32Array.from(found, (list) => list?.[0] ?? -1);
  return Object.fromEntries(
    Object.entries(rows.columns).map(([name, column]) => {
      const taken = takeColumn(column, indices);
      if (taken.kind === 'list' && taken.counter !== undefined) taken.counter = `${port}.${taken.counter}`;
      return [name, taken];
    }),
  );
}
