import type { Column, Table } from '@fasthep/columns';
import { columnFrom, concatTables } from '@fasthep/columns';
import type { JsonObject, NamedValue, Operator } from '@fasthep/flow';
import { alike } from '../stream/index.ts';

/** Puts tables one after the other. */
export const concat: Operator = {
  name: 'concat',
  semantics: 1,
  doc: 'Put tables one after the other.\n\nWhat tells them apart (the values of a matrix) becomes columns, unless `keys: false`. A column that one of them lacks is missing in its rows.',
  examples: ['concat: {}', 'concat: {keys: false}'],
  parameters: {
    type: 'object',
    properties: {
      keys: {
        description: 'With a column for each key that tells the tables apart.',
        type: 'boolean',
        default: true,
      },
    },
    additionalProperties: false,
  },
  inputs: { tables: { type: ['table', 'rows', 'report'], many: true } },
  outputs: { table: { type: 'same' } },
  run: {
    kind: 'whole',
    apply(args, inputs) {
      const keys = (args as JsonObject).keys !== false;
      return {
        table: concatenated(
          (inputs.tables ?? []).map((one) => (keys ? withKeys(one) : (one.value as Table))),
        ),
      };
    },
  },
};

/** A table with the values that tell it apart as its first columns. */
export function withKeys(one: NamedValue): Table {
  const table = one.value as Table;
  const columns: Record<string, Column> = {};
  for (const [name, value] of Object.entries((one as { keys?: JsonObject }).keys ?? {})) {
    const kind =
      typeof value === 'boolean'
        ? 'bool'
        : typeof value !== 'number'
          ? 'string'
          : Number.isInteger(value)
            ? 'int64'
            : 'float64';
    const shown = kind === 'string' && typeof value !== 'string' ? JSON.stringify(value) : value;
    columns[name] = columnFrom(new Array(table.length).fill(shown), { kind }, name);
  }
  return { length: table.length, columns: { ...columns, ...table.columns } };
}

/** Tables one after the other; a column that only some have is missing in the rows of the others. */
export function concatenated(tables: readonly Table[]): Table {
  return concatTables(alike(tables));
}
