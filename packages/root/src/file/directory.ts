import type { ByteSource } from '@fasthep/columns';
import { Cursor } from '../bytes/cursor.ts';
import { RootError, within } from '../error/error.ts';
import { suggestion } from '../error/nearest.ts';
import { readKey } from './key.ts';
import { readBytes } from './read.ts';
import type { Directory, Key, PathKey, RootFile } from './types.ts';

const mostKeys = 4_000_000;
const mostDirectories = 100_000;

/** Reads the TDirectory record at `seek`, `bytes` of which are at hand, and its keys. */
export async function readDirectory(
  source: ByteSource,
  record: Uint8Array,
  seek: number,
): Promise<Directory> {
  const header = within({ file: source.name, object: 'directory', offset: seek }, () => {
    const cursor = new Cursor(record);
    const version = cursor.u16();
    cursor.skip(8);
    const nbytesKeys = cursor.i32();
    const nbytesName = cursor.i32();
    const place = version > 1000 ? () => cursor.long() : () => cursor.u32();
    return { nbytesKeys, nbytesName, seekDir: place(), seekParent: place(), seekKeys: place() };
  });
  if (header.seekKeys === 0 && header.nbytesKeys === 0) return { ...header, keys: [] };
  const bytes = await readBytes(source, header.seekKeys, header.nbytesKeys, 'the list of keys');
  const keys = within({ file: source.name, object: 'list of keys', offset: header.seekKeys }, () => {
    const cursor = new Cursor(bytes);
    readKey(cursor);
    const count = cursor.i32();
    if (count < 0 || count > mostKeys || count * 18 > cursor.left)
      throw new RootError('ROOT-E09', `a directory of ${bytes.length} bytes claims ${count} keys`);
    return Array.from({ length: count }, () => readKey(cursor));
  });
  return { ...header, keys };
}

/** The directory that a key of class TDirectory or TDirectoryFile points to. */
async function directoryOf(source: ByteSource, key: Key): Promise<Directory> {
  const start = key.seek + key.keylen;
  const length = Math.min(64, source.size - start);
  const record = await readBytes(source, start, Math.max(0, length), `directory '${key.name}'`);
  return readDirectory(source, record, start);
}

const isDirectory = (key: Key) => key.className === 'TDirectory' || key.className === 'TDirectoryFile';

/** Every key of the file, those in directories under `dir/name`, in the order of the file. */
export async function walk(file: RootFile): Promise<PathKey[]> {
  const found: PathKey[] = [];
  const seen = new Set<number>([file.top.seekKeys]);
  const visit = async (directory: Directory, path: string): Promise<void> => {
    for (const key of directory.keys) {
      found.push({ ...key, path: `${path}${key.name}` });
      if (!isDirectory(key)) continue;
      const inner = await directoryOf(file.source, key);
      if (inner.keys.length === 0) continue;
      if (seen.has(inner.seekKeys) || seen.size > mostDirectories)
        throw new RootError('ROOT-E03', 'directories contain each other', {
          file: file.source.name,
          object: `${path}${key.name}`,
          offset: key.seek,
        });
      seen.add(inner.seekKeys);
      await visit(inner, `${path}${key.name}/`);
    }
  };
  await visit(file.top, '');
  return found;
}

/** Finds `dir/name` or `dir/name;cycle`; without a cycle the newest counts. */
export async function findKey(file: RootFile, path: string): Promise<PathKey> {
  const [, bare = path, cycleText] = /^(.*?)(?:;(\d+))?$/s.exec(path) ?? [];
  const cycle = cycleText === undefined ? undefined : Number(cycleText);
  const steps = bare.split('/').filter((step) => step !== '');
  let directory = file.top;
  let prefix = '';
  for (let i = 0; i < steps.length; i++) {
    // Names may hold slashes themselves: the longest match first.
    const rest = steps.slice(i).join('/');
    const key = newest(directory.keys, rest, cycle);
    if (key) return { ...key, path: `${prefix}${key.name}` };
    const next = newest(directory.keys, steps[i]!, undefined, isDirectory);
    if (!next) break;
    directory = await directoryOf(file.source, next);
    prefix += `${next.name}/`;
  }
  const names = [...new Set((await walk(file)).map((key) => key.path))];
  throw new RootError(
    'ROOT-E04',
    `there is no object '${path}'`,
    { file: file.source.name },
    suggestion(bare, names),
  );
}

function newest(
  keys: readonly Key[],
  name: string,
  cycle?: number,
  also: (key: Key) => boolean = () => true,
) {
  let best: Key | undefined;
  for (const key of keys) {
    if (key.name !== name || !also(key) || (cycle !== undefined && key.cycle !== cycle)) continue;
    if (!best || key.cycle > best.cycle) best = key;
  }
  return best;
}
