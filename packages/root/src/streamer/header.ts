import type { Cursor } from '../bytes/cursor.ts';
import { RootError } from '../error/error.ts';

const byteCountMask = 0x40000000;

/** What stands before every streamed object. */
export interface ObjectHeader {
  version: number;
  /** Whether a collection is stored member by member. */
  memberWise: boolean;
  /** Where the object ends, when it says so. */
  end: number | undefined;
}

/** Reads the byte count, when there is one, and the version of an object. */
export function readObjectHeader(cursor: Cursor): ObjectHeader {
  const start = cursor.pos;
  const first = cursor.u32();
  if ((first & byteCountMask) === 0) {
    cursor.pos = start;
    const version = cursor.u16();
    return { version: version & 0xbfff, memberWise: (version & 0x4000) !== 0, end: undefined };
  }
  const end = start + 4 + (first & ~byteCountMask);
  if (end > cursor.bytes.length || end < cursor.pos + 2)
    throw new RootError('ROOT-E03', `an object claims to end at ${end} of ${cursor.bytes.length} bytes`);
  const version = cursor.u16();
  return { version: version & 0xbfff, memberWise: (version & 0x4000) !== 0, end };
}

/** Checks that an object was read to where it said it ends. */
export function checkEnd(cursor: Cursor, header: ObjectHeader, what: string): void {
  if (header.end !== undefined && cursor.pos !== header.end)
    throw new RootError(
      'ROOT-E03',
      `${what} (version ${header.version}) should end at ${header.end}, but its members end at ${cursor.pos}`,
    );
}

/** Reads the bits of a TObject, and passes over the process number of referenced ones. */
export function readBits(cursor: Cursor): number {
  const bits = cursor.u32();
  if (bits & 0x10) cursor.skip(2);
  return bits;
}

/** Passes over a TObject; gives its number, by which some things refer to it. */
export function skipTObject(cursor: Cursor): number {
  const version = cursor.u16();
  // Written with a byte count, as foreign code does: the two bytes were its upper half.
  if (version & 0x4000) cursor.skip(4);
  const id = cursor.u32();
  readBits(cursor);
  return id;
}

/** Reads a TNamed: version, TObject, name and title. */
export function readNamed(cursor: Cursor): { name: string; title: string } {
  const header = readObjectHeader(cursor);
  skipTObject(cursor);
  const name = cursor.string();
  const title = cursor.string();
  if (header.end !== undefined) cursor.seek(header.end);
  return { name, title };
}
