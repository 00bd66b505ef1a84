import {
  assemble,
  type CollectPartial,
  decodePartial,
  encodePartial,
  type FillStep,
  mergePartials,
  type Part,
  type Schema,
  schemaOf,
  sliceTable,
  type Table,
} from '@fasthep/columns';
import type { Json, StreamType } from '@fasthep/flow';
import { alike, alikeSchema } from './alike.ts';
import { ALL_FIELDS } from './all-fields.ts';
import { analyse } from './analyse.ts';
import { startRun } from './run.ts';

/** Rows of a product that are pushed at a time. */
const BATCH = 65_536;

/** Tables flowing through programs of `@fasthep/columns`: the steps of all row-wise operators run as one. */
export const tableStream: StreamType = {
  name: 'table',
  semantics: 1,
  analyse,
  collect: (id, from, fields, some) => ({
    id,
    from,
    do: 'fill',
    fill: { kind: 'collect', fields: [...(fields ?? [ALL_FIELDS])], ...(some ? { some: true } : {}) },
  }),
  together: (schemas) => alikeSchema(schemas as unknown as Schema[]) as unknown as Json,
  start: (program, outputs) => startRun(program, outputs),
  merge: (_step, parts) => encodePartial(parts.map(decodePartial).reduce(mergePartials)),
  assemble(step, parts, labels) {
    const { fill } = step as unknown as FillStep;
    const decoded = parts.map((part) => ({ labels: part.labels, partial: decodePartial(part.bytes) }));
    if (fill.kind === 'collect') sameColumns(decoded.map(({ partial }) => partial as CollectPartial));
    return assemble(fill, decoded, labelNames(decoded, labels));
  },
  rows(value) {
    const table = value as Table;
    return {
      schema: schemaOf(table) as unknown as Json,
      async *read(columns) {
        const chosen = Object.fromEntries(columns.map((name) => [name, table.columns[name]!]));
        for (let start = 0; start < table.length; start += BATCH) {
          const batch = sliceTable(
            { length: table.length, columns: chosen },
            start,
            Math.min(start + BATCH, table.length),
          );
          yield { batch, rows: batch.length, bytes: 0 };
        }
      },
    };
  },
};

/** Gives the tables of all partial results the same columns, in place. */
function sameColumns(parts: readonly CollectPartial[]): void {
  const tables = alike(parts.flatMap((part) => part.tables));
  for (const part of parts) part.tables = tables.splice(0, part.tables.length);
}

/** All labels in their order: those of the source, regions, the variation. A dataset may lack some of them. */
function labelNames(parts: readonly Part[], labels: readonly string[]): string[] {
  const outer = parts.flatMap((part) => Object.keys(part.labels));
  const inner = [...labels, ...parts.flatMap((part) => part.partial.labels.map(([label]) => label))];
  const names = new Set([...outer, ...inner.filter((name) => name !== 'variation'), ...inner]);
  return [...names];
}
