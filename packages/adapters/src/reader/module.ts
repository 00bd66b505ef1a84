/** The shapes a reader may have, made one. */
import type { Json } from '@fasthep/flow';
import { type Call, type Found, loadExport } from '../code/index.ts';
import { AdaptError } from '../error.ts';
import type { EventReader, ReaderClass, ReaderObject } from './types.ts';

/** A reader in one shape. */
export interface LoadedReader extends EventReader {
  /** Fields of a state → a state that `merge` and `result` take. */
  revive(fields: unknown): unknown;
}

/** Loads a reader. Throws `adapt.code`, `adapt.reader`. */
export async function loadReader(call: Call, found: Found, args: Json): Promise<LoadedReader> {
  return readerOf(await loadExport(call, found), call, args);
}

function readerOf(exported: unknown, call: Call, args: Json): LoadedReader {
  if (typeof exported === 'function') {
    const prototype = exported.prototype as Partial<ReaderObject> | undefined;
    if (typeof prototype?.event === 'function') return ofClass(exported as unknown as ReaderClass, args);
    // A function of one event, without a state.
    const event = exported as EventReader['event'];
    return {
      begin: () => args,
      event: (view, out, state) => event(view, out, state),
      revive: (state) => state,
    };
  }
  const reader = exported as EventReader | null;
  if (typeof reader === 'object' && reader !== null && typeof reader.event === 'function')
    return Object.assign(Object.create(reader) as EventReader, { revive: (state: unknown) => state });
  throw new AdaptError(
    'adapt.reader',
    `'${call.name}' in ${call.file} is no reader: it has no function 'event'`,
    'export a class or an object with event(event, out), or such a function',
  );
}

function ofClass(Reader: ReaderClass, args: Json): LoadedReader {
  const { prototype } = Reader as unknown as { prototype: ReaderObject };
  const reader: LoadedReader = {
    begin: () => new Reader(args ?? undefined),
    event: (view, out, state) => (state as ReaderObject).event(view, out),
    end: (state) => (state as ReaderObject).end?.(),
    revive: (fields) => Object.assign(new Reader(args ?? undefined), fields),
  };
  if (Reader.reads) reader.reads = Reader.reads;
  if (Reader.produces) reader.produces = Reader.produces;
  if (prototype.merge)
    reader.merge = (a, b) => {
      (a as ReaderObject).merge!(b as ReaderObject);
      return undefined;
    };
  if (prototype.result) reader.result = (state) => (state as ReaderObject).result!();
  return reader;
}
