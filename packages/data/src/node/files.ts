import { readdir, stat } from 'node:fs/promises';
import { openSource } from '@fasthep/columns/node';
import type { FileAccess } from '../files/types.ts';

const NOTHING = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG']);

function unlessMissing(error: unknown): undefined {
  if (NOTHING.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
  throw error;
}

/** Local files, and URLs for reading. */
export const platformFiles: FileAccess = {
  async list(folder) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(unlessMissing);
    if (!entries) return undefined;
    return Promise.all(
      entries.map(async (entry) => {
        const linked = entry.isSymbolicLink()
          ? await stat(`${folder}/${entry.name}`).catch(unlessMissing)
          : entry;
        return { name: entry.name, folder: linked?.isDirectory() ?? false };
      }),
    );
  },
  async stat(path) {
    if (/^https?:/i.test(path)) {
      const source = await openSource(path);
      await source.close();
      return { size: source.size, folder: false, stamp: '' };
    }
    const state = await stat(path, { bigint: true }).catch(unlessMissing);
    if (!state) return undefined;
    const stamp = `${state.mtimeNs}:${state.ino}`;
    return { size: Number(state.size), folder: state.isDirectory(), stamp };
  },
  open: (path) => openSource(path),
};
