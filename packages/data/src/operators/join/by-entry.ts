/** Rows of another stream with the same numbers in the same file. */
import { concatTables, sliceTable, type Table } from '@fasthep/columns';
import type { BatchContext, Lookup } from '@fasthep/flow';
import { DataError } from '../../error.ts';
import type { JoinRule } from './arguments.ts';
import type { Matches } from './by-key.ts';

export async function matchByEntry(
  left: Table,
  port: string,
  rule: JoinRule,
  lookup: Lookup,
  place: BatchContext['place'],
): Promise<Matches> {
  if (!place)
    throw new DataError(
      'data.join-entry',
      `the left rows have lost their row numbers, so '${port}' cannot be joined by entry`,
      'join first and filter the joined rows, or join by keys',
    );
  const last = place.first + left.length;
  const taken: Table[] = [];
  let length = 0;
  for await (const { batch } of lookup.pieces(place.file)) {
    const piece = batch as Table;
    const from = Math.max(place.first - length, 0);
    const to = Math.min(last - length, piece.length);
    if (to > from || taken.length === 0)
      taken.push(sliceTable(piece, Math.min(from, piece.length), Math.max(to, Math.min(from, piece.length))));
    length += piece.length;
  }
  if (length !== place.entries && rule.mismatch === 'error')
    throw new DataError(
      'data.join-entries',
      `the left rows are ${place.entries} and those of '${port}' (${lookup.name}) ${length}: they do not belong together row by row`,
      'join by keys, or say mismatch: truncate or mismatch: pad',
    );
  if (length > place.entries && rule.mismatch === 'pad')
    throw new DataError(
      'data.join-entries',
      `'${port}' (${lookup.name}) has ${length} rows and the left rows are ${place.entries}: only what is shorter than the left can be padded`,
      'make the longer one `left`, or say mismatch: truncate',
    );
  const found = Array.from({ length: left.length }, (_, i) => (place.first + i < length ? [i] : undefined));
  return { rows: taken.length > 0 ? concatTables(taken) : undefined, found };
}
