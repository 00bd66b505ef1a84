import type { Cursor } from '../bytes/cursor.ts';
import { RootError } from '../error/error.ts';

const byteCountMask = 0x40000000;
const classMask = 0x80000000;
const newClassTag = 0xffffffff;
/** References count from 2, because 0 is null and 1 the object itself. */
const mapOffset = 2;

/** What has been met in a buffer, by its place: objects and class names. */
export type References = Map<number, unknown>;

/**
 * Reads a pointer: null, a reference to an earlier object, or an object with its class in front
 * (TBufferFile::ReadObjectAny). `make` reads an object of a class; `end` is where it must end.
 * An object may refer to itself while it is read, so `make` registers it by `keep` first.
 */
export function readAny<T>(
  cursor: Cursor,
  references: References,
  make: (className: string, end: number | undefined, keep: (value: T) => void) => T,
): T | null {
  const start = cursor.pos - cursor.origin;
  const begin = cursor.pos;
  let count = cursor.u32();
  let tag: number;
  let tagPlace = 0;
  if ((count & byteCountMask) === 0 || count === newClassTag) {
    tag = count;
    count = 0;
  } else {
    count &= ~byteCountMask;
    tagPlace = cursor.pos - cursor.origin;
    tag = cursor.u32();
  }
  const end = count > 0 ? begin + 4 + count : undefined;
  if (end !== undefined && end > cursor.bytes.length)
    throw new RootError('ROOT-E03', `an object claims to end at ${end} of ${cursor.bytes.length} bytes`);

  if ((tag & classMask) === 0) {
    if (tag === 0) return null;
    const known = references.get(tag);
    if (known !== undefined && typeof known !== 'string') return known as T;
    // An object that was passed over, or lies outside of this buffer.
    if (end !== undefined) cursor.seek(end);
    return null;
  }

  let className: string;
  if (tag === newClassTag) {
    className = cursor.zeroEnded();
    references.set(tagPlace > 0 ? tagPlace + mapOffset : references.size + 1, className);
  } else {
    const known = references.get((tag & ~classMask) >>> 0);
    if (typeof known !== 'string')
      throw new RootError(
        'ROOT-E03',
        `an object refers to a class at ${(tag & ~classMask) >>> 0} that is not there`,
      );
    className = known;
  }
  const place = tagPlace > 0 ? start + mapOffset : references.size + 1;
  const value = make(className, end, (early) => references.set(place, early));
  references.set(place, value);
  if (end !== undefined) cursor.seek(end);
  return value;
}
