import { type BlobLike, blobSource, httpSource } from '@fasthep/columns';
import type { FileAccess } from '../files/types.ts';

const given = new Map<string, BlobLike>();

/** Puts a file that the user chose or dropped at an absolute path, where `read` finds it. */
export function provideFile(path: string, blob: BlobLike): void {
  given.set(path, blob);
}

/** Files that the user gave, and URLs. */
export const platformFiles: FileAccess = {
  async list(folder) {
    const inside = folder.endsWith('/') ? folder : `${folder}/`;
    const entries = new Map<string, boolean>();
    for (const path of given.keys()) {
      if (!path.startsWith(inside)) continue;
      const [name, ...rest] = path.slice(inside.length).split('/');
      entries.set(name!, rest.length > 0);
    }
    return entries.size > 0 ? [...entries].map(([name, folder]) => ({ name, folder })) : undefined;
  },
  async stat(path) {
    const blob = given.get(path);
    if (blob) return { size: blob.size, folder: false, stamp: '' };
    if (!/^https?:/i.test(path)) return undefined;
    const source = await httpSource(path);
    await source.close();
    return { size: source.size, folder: false, stamp: '' };
  },
  async open(path) {
    const blob = given.get(path);
    return blob ? blobSource(blob, path) : httpSource(path);
  },
};
