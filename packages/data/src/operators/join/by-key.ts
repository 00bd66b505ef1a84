/** For each left row the rows of another stream with its key. The others pass by piece by piece: what is held is the left batch and the rows that it matches. */
import { concatTables, type ListColumn, type Table, takeRows } from '@fasthep/columns';
import type { Lookup } from '@fasthep/flow';
import { DataError } from '../../error.ts';
import type { JoinRule } from './arguments.ts';
import { rowKeys } from './keys.ts';

/** What was found for the left rows. */
export interface Matches {
  /** Matching rows, in the order in which they passed. */
  rows: Table | undefined;
  /** For each left row its matches, as indices into `rows`. */
  found: (number[] | undefined)[];
}

export async function matchByKey(
  left: Table,
  port: string,
  rule: JoinRule,
  lookup: Lookup,
): Promise<Matches> {
  const by = rule.by as [string, string][];
  const own = rowKeys(
    left,
    by.map(([name]) => name),
  );
  const waiting = new Map<string | number, number[]>();
  // Without keys every row waits for the one row there is.
  for (let row = 0; row < left.length; row++) {
    const key = by.length === 0 ? '' : own(row);
    if (key === undefined) continue;
    const list = waiting.get(key);
    if (list) list.push(row);
    else waiting.set(key, [row]);
  }

  const found: Matches['found'] = new Array(left.length).fill(undefined);
  const taken: Table[] = [];
  let count = 0;
  for await (const { batch } of lookup.pieces()) {
    const piece = batch as Table;
    const theirs =
      by.length === 0
        ? () => ''
        : rowKeys(
            piece,
            by.map(([, name]) => name),
          );
    const matched: number[] = [];
    for (let row = 0; row < piece.length; row++) {
      const key = theirs(row);
      const rows = key === undefined ? undefined : waiting.get(key);
      if (!rows) continue;
      const index = count + matched.length;
      matched.push(row);
      for (const at of rows) {
        const before = found[at];
        if (!before) found[at] = [index];
        else if (rule.many === 'list') before.push(index);
        else throw twice(port, by, key!);
      }
    }
    if (matched.length > 0 || taken.length === 0) taken.push(takeRows(piece, matched));
    count += matched.length;
  }
  return { rows: taken.length > 0 ? concatTables(taken) : undefined, found };
}

function twice(port: string, by: [string, string][], key: string | number): DataError {
  if (by.length === 0)
    return new DataError(
      'data.join-key-twice',
      `'${port}' has more than one row, and no key says which is meant`,
      `${port}: {by: [a key]}, or aggregate it to one row with group`,
    );
  const names = by.map(([, name]) => name).join(', ');
  const value = by.length === 1 ? String(key).replace(/^t/, '') : readable(String(key)).join(', ');
  return new DataError(
    'data.join-key-twice',
    `'${port}' has several rows with the key ${names} = ${value}`,
    `many: list makes a collection of them; group brings them to one row`,
  );
}

/** The parts of a key of several fields. */
function readable(key: string): string[] {
  const parts: string[] = [];
  for (let at = 0; at < key.length; ) {
    const colon = key.indexOf(':', at);
    const end = colon + 1 + Number(key.slice(at, colon));
    parts.push(key.slice(colon + 1, end).replace(/^t/, ''));
    at = end;
  }
  return parts;
}

/** A list of rows for each left row: the collection that `many: list` makes. */
export function listsOf(rows: Table, found: Matches['found'], counter: string): Record<string, ListColumn> {
  const offsets = new Int32Array(found.length + 1);
  found.forEach((list, i) => {
    offsets[i + 1] = offsets[i]! + (list?.length ?? 0);
  });
  const content = takeRows(
    rows,
    found.flatMap((list) => list ?? []),
  );
  return Object.fromEntries(
    Object.entries(content.columns).map(([name, column]): [string, ListColumn] => [
      name,
      { kind: 'list', length: found.length, offsets, content: column, counter },
    ]),
  );
}
