import type { FileFormat } from '../../source/types.ts';
import { onlyTable } from '../reader.ts';

/**
 * Parquet: lists, records, missing values; Snappy, gzip, zstd, LZ4, Brotli. A cluster is a row group, and only
 * the column chunks in use are read. Written with Snappy; option `rowGroupSize`. The code that reads and writes
 * is loaded on first use.
 */
export const parquetFormat: FileFormat = {
  name: 'parquet',
  extensions: ['parquet', 'pq'],
  matches: (head) => head[0] === 80 && head[1] === 65 && head[2] === 82 && head[3] === 49,
  async contents(source) {
    const { readLayout } = await import('./read.ts');
    const { identity, schema, unreadable, starts } = await readLayout(source);
    const table = { name: 'table', entries: starts.at(-1)!, schema, ...(unreadable ? { unreadable } : {}) };
    return { identity, size: source.size, tables: [table] };
  },
  async open(source, options) {
    onlyTable(source, options.table, 'table');
    const { openReader, readLayout } = await import('./read.ts');
    return openReader(source, await readLayout(source));
  },
  async encode(table, options) {
    const { encodeParquet } = await import('./encode.ts');
    return encodeParquet(
      table,
      typeof options.rowGroupSize === 'number' ? { rowGroupSize: options.rowGroupSize } : {},
    );
  },
};
