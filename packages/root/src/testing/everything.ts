import { type Column, memorySource } from '@fasthep/columns';
import { RootError } from '../error/error.ts';
import { walk } from '../file/directory.ts';
import { openFile } from '../file/open.ts';
import { readRecord } from '../object/read.ts';
import { isTable, openTableOf } from '../table.ts';
import { streamersOf } from '../tree/open.ts';

/** What came of reading all there is in a file. */
export interface Outcome {
  columns: number;
  objects: number;
  errors: RootError[];
}

/**
 * Reads all objects and columns of a file, however damaged. Only `RootError`s are caught, so anything else
 * escapes; columns must hold together, or it throws.
 */
export async function readEverything(bytes: Uint8Array): Promise<Outcome> {
  const outcome: Outcome = { columns: 0, objects: 0, errors: [] };
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof RootError)) throw error;
      outcome.errors.push(error);
    }
  };
  await attempt(async () => {
    const file = await openFile(memorySource('hostile.root', bytes));
    const streamers = await streamersOf(file);
    for (const key of await walk(file))
      await attempt(async () => {
        if (!isTable(key)) {
          await readRecord(file, `${key.path};${key.cycle}`, streamers);
          outcome.objects++;
          return;
        }
        const reader = await openTableOf(file, key, streamers);
        const rows = Math.min(reader.entries, 1000);
        for (const name of Object.keys(reader.schema))
          await attempt(async () => {
            const { columns } = await reader.read([name], 0, rows);
            checkColumn(columns[name]!, rows);
            outcome.columns++;
          });
      });
  });
  return outcome;
}

/** Throws unless a column holds together: lengths, and offsets that ascend inside of their content. */
function checkColumn(column: Column, length: number): void {
  if (column.length !== length) throw new Error(`${column.length} instead of ${length} rows`);
  switch (column.kind) {
    case 'primitive':
      if (column.values.length < length) throw new Error('fewer values than rows');
      return;
    case 'list':
      checkOffsets(column.offsets, length, column.content.length);
      if (column.size !== undefined)
        for (let i = 0; i < length; i++)
          if (column.offsets[i + 1]! - column.offsets[i]! !== column.size)
            throw new Error('a list of another size');
      checkColumn(column.content, column.content.length);
      return;
    case 'string':
      checkOffsets(column.offsets, length, column.bytes.length);
      return;
    case 'dictionary':
      return;
    case 'record':
      for (const field of Object.values(column.fields)) checkColumn(field, length);
  }
}

function checkOffsets(offsets: Int32Array, length: number, end: number): void {
  if (offsets.length < length + 1) throw new Error('fewer offsets than rows');
  for (let i = 0; i < length; i++) if (offsets[i]! > offsets[i + 1]!) throw new Error('offsets descend');
  if (offsets[0]! < 0 || offsets[length]! > end) throw new Error('offsets leave their content');
}
