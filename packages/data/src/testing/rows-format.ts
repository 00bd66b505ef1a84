/** A file format for tests: JSON `{tables: {name: [row, …]}, cluster?: rows}`. */
import { contentIdentity, type FileFormat, inferSchema, sliceTable, tableFromRows } from '@fasthep/columns';
import { DataError } from '../error.ts';

type Row = Record<string, unknown>;
interface Content {
  tables: Record<string, Row[]>;
  cluster?: number;
}

/** How often files were looked into. */
export const looks = { contents: 0, open: 0 };

async function parsed(source: Parameters<FileFormat['contents']>[0]): Promise<Content> {
  const text = new TextDecoder().decode(await source.read(0, source.size));
  try {
    return JSON.parse(text) as Content;
  } catch {
    throw new DataError('rows.broken', `${source.name} is no rows file`, 'make it anew');
  }
}

export const rowsFormat: FileFormat = {
  name: 'rows',
  extensions: ['rows'],
  matches: (head) => head[0] === 123,
  async contents(source) {
    looks.contents++;
    const { tables } = await parsed(source);
    return {
      identity: await contentIdentity(source),
      size: source.size,
      tables: Object.entries(tables).map(([name, rows]) => ({
        name,
        entries: rows.length,
        schema: inferSchema(rows),
      })),
    };
  },
  async open(source, options) {
    looks.open++;
    const { tables, cluster = 3 } = await parsed(source);
    const rows = tables[options.table ?? Object.keys(tables)[0]!]!;
    const schema = inferSchema(rows);
    const table = tableFromRows(rows, schema);
    const clusters: number[] = [];
    for (let at = 0; at < rows.length; at += cluster) clusters.push(at);
    return {
      schema,
      entries: rows.length,
      clusters,
      async read(columns, start, stop) {
        const chosen = Object.fromEntries(columns.map((name) => [name, table.columns[name]!]));
        return sliceTable({ length: table.length, columns: chosen }, start, stop);
      },
      async close() {},
    };
  },
};
