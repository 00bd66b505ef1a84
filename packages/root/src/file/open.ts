import type { ByteSource } from '@fasthep/columns';
import { Cursor } from '../bytes/cursor.ts';
import { RootError, within } from '../error/error.ts';
import { readDirectory } from './directory.ts';
import { readBytes } from './read.ts';
import type { FileHeader, RootFile } from './types.ts';

/** Whether a file that begins like this is a ROOT file. */
export function isRoot(head: Uint8Array): boolean {
  return head.length >= 4 && head[0] === 0x72 && head[1] === 0x6f && head[2] === 0x6f && head[3] === 0x74;
}

/** Reads the header, the top directory and its keys. */
export async function openFile(source: ByteSource): Promise<RootFile> {
  const head = await source.read(0, Math.min(source.size, 512));
  if (!isRoot(head))
    throw new RootError(
      'ROOT-E01',
      source.size === 0 ? 'the file is empty' : 'this is not a ROOT file: it does not begin with "root"',
      { file: source.name, offset: 0 },
    );
  const header = within({ file: source.name, object: 'file header', offset: 0 }, () => readHeader(head));
  const start = header.begin + header.nbytesName;
  if (header.begin < 45 || header.nbytesName < 0 || start > source.size)
    throw new RootError('ROOT-E01', `the top directory cannot be at byte ${start}`, { file: source.name });
  if (header.end > source.size)
    throw new RootError(
      'ROOT-E02',
      `the file has ${source.size} bytes where its header says ${header.end}`,
      { file: source.name, offset: 12 },
      'The file is truncated or still being written; copy it again or check how it was made.',
    );
  const record =
    start + 64 <= head.length
      ? head.subarray(start)
      : await readBytes(source, start, Math.min(64, source.size - start), 'the top directory');
  const top = await readDirectory(source, record, start);
  return { source, header, top };
}

function readHeader(head: Uint8Array): FileHeader {
  const cursor = new Cursor(head, 4);
  const raw = cursor.i32();
  const large = raw >= 1_000_000;
  const begin = cursor.i32();
  const place = large ? () => cursor.long() : () => cursor.u32();
  const end = place();
  const seekFree = place();
  const nbytesFree = cursor.i32();
  cursor.i32();
  const nbytesName = cursor.i32();
  cursor.u8();
  const compression = cursor.i32();
  const seekInfo = place();
  const nbytesInfo = cursor.i32();
  cursor.u16();
  const uuid = [...cursor.take(16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const version = large ? raw - 1_000_000 : raw;
  return {
    version,
    large,
    begin,
    end,
    seekFree,
    nbytesFree,
    nbytesName,
    compression,
    seekInfo,
    nbytesInfo,
    uuid,
  };
}
