import type { Column, Table } from '@fasthep/columns';
import { cell, takeRows } from '@fasthep/columns';
import { didYouMean } from '@fasthep/expression';
import type { JsonObject, Operator } from '@fasthep/flow';
import { DataError } from '../error.ts';
import { names } from './names.ts';

/** The first row of each key. */
export const unique: Operator = {
  name: 'unique',
  semantics: 1,
  doc: 'Keep the first row of each key.\n\nKeys are compared exactly, 64-bit integers included; NaN equals NaN, missing equals missing.',
  examples: ['unique: [run, event]'],
  main: 'by',
  parameters: {
    type: 'object',
    properties: {
      by: {
        description: 'Fields that make the key.',
        type: ['string', 'array'],
        items: { type: 'string' },
        minItems: 1,
        examples: [['run', 'event']],
      },
    },
    required: ['by'],
    additionalProperties: false,
  },
  inputs: { rows: { type: ['rows', 'table'] } },
  outputs: { rows: { type: 'rows' } },
  run: {
    kind: 'whole',
    apply(args, inputs) {
      const table = inputs.rows![0]!.value as Table;
      const keys = names((args as JsonObject).by!).map((name) => columnOf(table, name));
      const seen = new Set<string>();
      const keep: number[] = [];
      for (let i = 0; i < table.length; i++) {
        const key = JSON.stringify(keys.map((column) => text(column, i)));
        if (seen.has(key)) continue;
        seen.add(key);
        keep.push(i);
      }
      return { rows: takeRows(table, keep) };
    },
  },
};

/** Throws `data.field` where the table has no such column. */
function columnOf(table: Table, name: string): Column {
  const column = Object.hasOwn(table.columns, name) ? table.columns[name] : undefined;
  if (column) return column;
  const known = Object.keys(table.columns);
  throw new DataError(
    'data.field',
    `there is no field '${name}'`,
    didYouMean(name, known) ?? `there are ${known.join(', ')}`,
  );
}

/** One text for equal values, different texts for others; -0 is 0. */
function text(column: Column, row: number): unknown {
  return JSON.stringify(cell(column, row), (_, value) => {
    if (typeof value === 'bigint') return `i${value}`;
    if (typeof value === 'string') return `s${value}`;
    if (typeof value === 'number' && !Number.isFinite(value)) return `n${value}`;
    return value === 0 ? 0 : value;
  });
}
