import type { Cursor } from '../bytes/cursor.ts';
import { RootError } from '../error/error.ts';
import type { Key } from './types.ts';

/** Reads a TKey (https://root.cern/doc/master/classTKey.html), and leaves the cursor behind it. */
export function readKey(cursor: Cursor): Key {
  const start = cursor.pos;
  const nbytes = cursor.i32();
  const version = cursor.u16();
  const objlen = cursor.i32();
  const datime = cursor.u32();
  const keylen = cursor.i16();
  const cycle = cursor.i16();
  const large = version > 1000;
  const seek = large ? cursor.long() : cursor.u32();
  const seekParent = large ? cursor.long() : cursor.u32();
  const className = cursor.string();
  const name = cursor.string();
  const title = cursor.string();
  if (nbytes < 0) throw new RootError('ROOT-E03', 'a key marks deleted bytes', { offset: start });
  if (objlen < 0 || keylen < 18 || nbytes < keylen)
    throw new RootError(
      'ROOT-E03',
      `a key with sizes that contradict each other (${nbytes}, ${keylen}, ${objlen})`,
    );
  return { name, title, className, cycle, nbytes, objlen, keylen, seek, seekParent, datime };
}
