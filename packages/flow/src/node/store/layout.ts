/**
 * Where a file store keeps things:
 *
 *     index/a.log        for keys that begin with `a`, one line each: `key digest container offset length`
 *     packs/cd/<id>      small values that were put together, end to end
 *     objects/ef/<id>    one larger value each
 *     running/<id>       processes that may read from the store (see `hold.ts`)
 *     tmp/<id>           files that are being written
 *
 * A container is written under `tmp`, renamed, and only then named in the index. The index is only ever
 * appended to (one write for each put and shard), so that several processes can share a store. An append begins
 * with a line feed, so that a line which a crash left half-written cannot swallow the next. Among several lines
 * for one key the last counts; `key -` takes it away. Nothing here lists a folder but `list` and `gc`.
 */
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { makeFolder } from '../folder.ts';

/** Values below this many bytes share a pack. */
export const SMALL = 64 * 1024;

/** Where one value lies. */
export interface Place {
  /** Sha-256 of the bytes, in hex. */
  digest: string;
  /** `packs/cd/<id>` or `objects/ef/<id>`. */
  container: string;
  offset: number;
  length: number;
}

/** One line of the index; without a place it takes the key away. */
export function indexLine(key: string, place?: Place): string {
  return place ? `${key} ${place.digest} ${place.container} ${place.offset} ${place.length}` : `${key} -`;
}

const PLACE = /^([0-9a-f]{64}) ((?:packs|objects)\/[0-9a-f]{2}\/[0-9a-f]+) (\d{1,15}) (\d{1,15})$/;

/** The part of an index line behind the key; undefined where it is damaged or takes the key away. */
export function parsePlace(rest: string): Place | undefined {
  const [, digest, container, offset, length] = PLACE.exec(rest) ?? [];
  return digest === undefined
    ? undefined
    : { digest, container: container!, offset: Number(offset), length: Number(length) };
}

/** A name that nobody else takes. */
export function freshName(): string {
  return randomBytes(12).toString('hex');
}

/** Shard of a key. */
export function shardOf(key: string): string {
  return key.slice(0, 1);
}

/** Does something that needs a folder, making the folder where it is missing. */
export function withFolder<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    makeFolder(dirname(path));
    return act();
  }
}

/** Path of a file of a store. */
export function inStore(root: string, ...parts: string[]): string {
  return join(root, ...parts);
}
