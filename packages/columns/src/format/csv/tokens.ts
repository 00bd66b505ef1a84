/** CSV text as places of fields (RFC 4180; any of \n, \r\n, \r ends a row). */

const QUOTE = 34;
const CR = 13;
const LF = 10;

/** Fields of some rows: the k-th reaches from `starts[k]` to `stops[k]`; a quoted one has `~stop` there. */
export interface Fields {
  starts: Int32Array;
  stops: Int32Array;
  rows: number;
  /** Where the next row begins. */
  next: number;
}

/** Room for at least one row of any width that is met in practice. */
export function makeFields(columns: number): Fields {
  const room = Math.max(65_536, columns * 64);
  return { starts: new Int32Array(room), stops: new Int32Array(room), rows: 0, next: 0 };
}

/** A row whose number of fields is not that of the header. `row` counts from 0 within the call. */
export class RaggedRow {
  readonly row: number;
  readonly found: number;
  constructor(row: number, found: number) {
    this.row = row;
    this.found = found;
  }
}

/**
 * Finds the fields of whole rows of `bytes[start .. stop]` until there is no more room or no whole row; with
 * `final` the last row needs no line end. Blank lines are stepped over unless there is one column.
 * Gives `RaggedRow` for a row of another width.
 */
export function findFields(
  bytes: Uint8Array,
  start: number,
  stop: number,
  delimiter: number,
  columns: number,
  final: boolean,
  out: Fields,
): RaggedRow | undefined {
  const { starts, stops } = out;
  const last = starts.length - columns;
  let at = start;
  let count = 0;
  out.rows = 0;
  out.next = start;
  while (at < stop && count <= last) {
    const first = bytes[at];
    if ((first === LF || first === CR) && columns > 1) {
      at++;
      out.next = at;
      continue;
    }
    const rowStart = count;
    let ended = false;
    for (;;) {
      // One field. Too many in a row are counted, not kept.
      const keep = count - rowStart < columns;
      let end: number;
      let from = at;
      if (bytes[at] === QUOTE) {
        from = at + 1;
        end = closingQuote(bytes, from, stop);
        if (end >= stop && !final) return undefined;
        at = Math.min(end + 1, stop);
        // Whatever stands between the closing quote and the delimiter belongs to nothing.
        while (at < stop && bytes[at] !== delimiter && bytes[at] !== LF && bytes[at] !== CR) at++;
        end = ~end;
      } else {
        for (; at < stop; at++) {
          const byte = bytes[at]!;
          if (byte === delimiter || byte === LF || byte === CR) break;
        }
        end = at;
      }
      if (at >= stop && !final) return undefined;
      if (keep) {
        starts[count] = from;
        stops[count] = end;
      }
      count++;
      if (at < stop && bytes[at] === delimiter) {
        at++;
        // A delimiter at the very end: one more, empty field.
        if (at < stop || !final) continue;
        if (count - rowStart < columns) starts[count] = stops[count] = at;
        count++;
      }
      ended = true;
      break;
    }
    if (!ended) break;
    if (bytes[at] === CR) {
      // The \n of this \r\n may lie in the next block.
      if (at + 1 >= stop && !final) return undefined;
      at += bytes[at + 1] === LF && at + 1 < stop ? 2 : 1;
    } else at++;
    if (count - rowStart !== columns) return new RaggedRow(out.rows, count - rowStart);
    out.rows++;
    out.next = Math.min(at, stop);
  }
  return undefined;
}

function closingQuote(bytes: Uint8Array, from: number, stop: number): number {
  for (let at = from; at < stop; at++) {
    if (bytes[at] !== QUOTE) continue;
    if (bytes[at + 1] === QUOTE && at + 1 < stop) at++;
    else return at;
  }
  return stop;
}
