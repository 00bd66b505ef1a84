import {
  assemble,
  decodePartial,
  encodePartial,
  type FillStep,
  mergePartials,
  type Part,
  schemaOf,
  sliceTable,
  type Table,
} from '@fasthep/columns';
import type { Json, StreamType } from '@fasthep/flow';
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
  collect: (id, from, fields) => ({
    id,
    from,
    do: 'fill',
    fill: { kind: 'collect', fields: [...(fields ?? [ALL_FIELDS])] },
  }),
  start: (program, outputs) => startRun(program, outputs),
  merge: (_step, parts) => encodePartial(parts.map(decodePartial).reduce(mergePartials)),
  assemble(step, parts, labels) {
    const { fill } = step as unknown as FillStep;
    const decoded = parts.map((part) => ({ labels: part.labels, partial: decodePartial(part.bytes) }));
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

/** All labels in their order: those of the source, regions, the variation. A dataset may lack some of them. */
function labelNames(parts: readonly Part[], labels: readonly string[]): string[] {
  const outer = parts.flatMap((part) => Object.keys(part.labels));
  const inner = [...labels, ...parts.flatMap((part) => part.partial.labels.map(([label]) => label))];
  const names = new Set([...outer, ...inner.filter((name) => name !== 'variation'), ...inner]);
  return [...names];
}
