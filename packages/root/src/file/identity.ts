import { footerIdentity } from '@fasthep/columns';
import { readBytes } from './read.ts';
import type { RootFile } from './types.ts';

/**
 * Identity by content: the size, and a digest of header (with the file's UUID, drawn anew for every file that
 * is written), top directory and list of keys, which say where every object begins, ends and when it was written.
 */
export async function identityOf({ source, header, top }: RootFile): Promise<string> {
  const end = Math.min(source.size, header.begin + header.nbytesName + 64);
  const head = await readBytes(source, 0, end, 'the header');
  const keys =
    top.seekKeys > 0
      ? await readBytes(source, top.seekKeys, top.nbytesKeys, 'the list of keys')
      : new Uint8Array(0);
  const both = new Uint8Array(head.length + keys.length);
  both.set(head);
  both.set(keys, head.length);
  return footerIdentity('root', source.size, both);
}
