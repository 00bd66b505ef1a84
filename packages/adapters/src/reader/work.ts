/** A JavaScript reader over the rows of one partition. */
import { type Schema, schemaOf, type Table, takeRows } from '@fasthep/columns';
import type { BatchWork } from '@fasthep/flow';
import { AdaptError } from '../error.ts';
import { columnNamed } from '../fields/type.ts';
import { type Cursor, makeCursor } from './cursor.ts';
import type { LoadedReader } from './module.ts';
import { encodeState } from './state.ts';
import { makeWriter } from './writer.ts';

/** Starts a reader. `what` is its call, for messages; `produces` the fields it makes. */
export function startReader(reader: LoadedReader, what: string, args: unknown, produces: Schema): BatchWork {
  const writer = makeWriter(produces);
  let cursor: Cursor | undefined;
  let made = '';
  let seen = 0;
  const state = guarded(what, 'begin', undefined, () => reader.begin?.(args));

  /** Runs the events of a batch; the rows that are kept, or undefined when all are. */
  function run(table: Table, { view }: Cursor): Int32Array | undefined {
    const { event } = reader;
    const { out } = writer;
    const { length } = table;
    let kept: Int32Array | undefined;
    let count = 0;
    let row = 0;
    try {
      for (; row < length; row++) {
        view.row = row;
        if (event.call(reader, view, out, state) === false) {
          if (!kept) {
            kept = new Int32Array(length);
            for (let i = 0; i < row; i++) kept[i] = i;
          }
          writer.drop();
          continue;
        }
        writer.keep();
        if (kept) kept[count] = row;
        count++;
      }
    } catch (error) {
      throw wrapped(what, 'event', `, event ${seen + row} of the partition`, error);
    }
    return kept?.subarray(0, count);
  }

  return {
    push(batch) {
      const table = batch as Table;
      const schema = readSchema(reader, schemaOf(table));
      const key = JSON.stringify(schema);
      // What a type says may change from batch to batch: a validity is there or not.
      if (!cursor || key !== made) [cursor, made] = [makeCursor(schema), key];
      cursor.load(table);
      writer.start(table.length);
      const kept = run(table, cursor);
      seen += table.length;
      const rows = kept ? takeRows(table, kept) : table;
      const columns = { ...rows.columns };
      for (const [name, column] of Object.entries(writer.columns()))
        columns[columnNamed(columns, name) ?? name] = column;
      return { length: rows.length, columns };
    },
    finish() {
      guarded(what, 'end', undefined, () => reader.end?.(state));
      return { result: encodeState(state, what) };
    },
  };
}

/** The fields that the reader sees: those it names, or all. */
function readSchema(reader: LoadedReader, schema: Schema): Schema {
  if (!reader.reads) return schema;
  const names = reader.reads.map((name) => columnNamed(schema, name)).filter((name) => name !== undefined);
  return Object.fromEntries(names.map((name) => [name, schema[name]!]));
}

/** Runs a user's function; its error says whose it is. */
export function guarded<T>(what: string, part: string, where: string | undefined, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw wrapped(what, part, where ?? '', error);
  }
}

function wrapped(what: string, part: string, where: string, error: unknown): AdaptError {
  const message = error instanceof Error ? error.message : String(error);
  const { code, help } = error as { code?: unknown; help?: string };
  return new AdaptError(
    typeof code === 'string' && code.startsWith('adapt.') ? code : 'adapt.user-code',
    `${what} failed in ${part}${where}: ${message}`,
    help,
    error,
  );
}
