/** Writing and reading the files that hold values. */
import { closeSync, fstatSync, openSync, readSync, renameSync, rmSync, utimesSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { freshName, inStore, type Place, SMALL, withFolder } from './layout.ts';

/** From here on the event loop is not held up by waiting for the disk. */
const LARGE = 1024 * 1024;
const DAY = 24 * 3600_000;

/** Writes a container whole or not at all; its name. */
export async function writeContainer(
  root: string,
  kind: 'packs' | 'objects',
  parts: readonly Uint8Array[],
): Promise<string> {
  const id = freshName();
  const name = `${kind}/${id.slice(0, 2)}/${id}`;
  const temporary = inStore(root, 'tmp', id);
  try {
    const total = parts.reduce((sum, part) => sum + part.length, 0);
    if (total < LARGE) writeAll(temporary, parts);
    else await writeAllLater(temporary, parts);
    const target = inStore(root, name);
    withFolder(target, () => renameSync(temporary, target));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return name;
}

function writeAll(path: string, parts: readonly Uint8Array[]): void {
  const file = withFolder(path, () => openSync(path, 'wx'));
  try {
    const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  } finally {
    closeSync(file);
  }
}

async function writeAllLater(path: string, parts: readonly Uint8Array[]): Promise<void> {
  closeSync(withFolder(path, () => openSync(path, 'wx')));
  const file = await open(path, 'w');
  try {
    for (const part of parts) {
      for (let at = 0; at < part.length; ) at += (await file.write(part, at)).bytesWritten;
    }
  } finally {
    await file.close();
  }
}

/** Bytes of several values of one container; undefined for those that it does not reach to, or when it is gone. */
export async function readContainer(
  root: string,
  name: string,
  places: readonly Place[],
): Promise<(Uint8Array | undefined)[]> {
  const path = inStore(root, name);
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return places.map(() => undefined);
    throw error;
  }
  try {
    const stat = fstatSync(file);
    touch(path, stat.mtimeMs);
    // Values that lie close together are read at once.
    const first = Math.min(...places.map(({ offset }) => offset));
    const last = Math.max(...places.map(({ offset, length }) => offset + length));
    const asked = places.reduce((sum, { length }) => sum + length, 0);
    if (places.length > 1 && last <= stat.size && last - first <= 2 * asked + SMALL) {
      const all = readRange(file, first, last - first);
      return places.map(({ offset, length }) => all?.slice(offset - first, offset - first + length));
    }
    return places.map(({ offset, length }) =>
      offset + length > stat.size ? undefined : readRange(file, offset, length),
    );
  } finally {
    closeSync(file);
  }
}

function readRange(file: number, offset: number, length: number): Uint8Array | undefined {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const read = readSync(file, bytes, at, length - at, offset + at);
    if (read === 0) return undefined;
    at += read;
  }
  return bytes;
}

/** What was used lately is known to `gc` by the time of its file, to a day. */
function touch(path: string, modified: number): void {
  const now = Date.now();
  if (Math.abs(now - modified) < DAY) return;
  try {
    utimesSync(path, now / 1000, now / 1000);
  } catch {
    // A store that may only be read is as good.
  }
}
