import type { ByteSource } from '@fasthep/columns';
import { Cursor } from '../bytes/cursor.ts';
import { unpackLoading } from '../codec/unpack.ts';
import { RootError, within, withinAsync } from '../error/error.ts';
import { readKey } from './key.ts';
import type { Key } from './types.ts';

/** Bytes `[start, start + length)`, or an error that says by how much the file is too short. */
export async function readBytes(
  source: ByteSource,
  start: number,
  length: number,
  what: string,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  if (!(start >= 0 && length >= 0 && Number.isSafeInteger(start + length)))
    throw new RootError('ROOT-E03', `${what} at an impossible place`, { file: source.name, offset: start });
  if (start + length > source.size)
    throw new RootError(
      'ROOT-E02',
      `the file ends at byte ${source.size}, but ${what} reaches to ${start + length}`,
      { file: source.name, offset: start },
      'The file is truncated or still being written; copy it again or check how it was made.',
    );
  return source.read(start, start + length, signal);
}

/** The unpacked bytes of the object of a key, as a cursor. */
export async function readObjectOf(source: ByteSource, key: Key): Promise<Cursor> {
  return withinAsync({ file: source.name, object: key.name || key.className, offset: key.seek }, async () => {
    const bytes = await readBytes(source, key.seek, key.nbytes, `the object of class ${key.className}`);
    const packed = bytes.subarray(key.keylen);
    return new Cursor(await unpackLoading(packed, key.objlen), 0, -key.keylen);
  });
}

/** Reads the key that is said to lie at a place of the file. */
export async function readKeyAt(
  source: ByteSource,
  seek: number,
  nbytes: number,
  what: string,
): Promise<Key> {
  const bytes = await readBytes(source, seek, nbytes, what);
  return within({ file: source.name, object: what, offset: seek }, () => readKey(new Cursor(bytes)));
}
