import type { TableReader } from '@fasthep/columns';
import type { Key, PathKey, RootFile } from './file/types.ts';
import type { Streamers } from './streamer/types.ts';
import { openTree, treeClasses } from './tree/open.ts';

/** Whether an object of the file can be opened as a table. */
export function isTable(key: Pick<Key, 'className'>): boolean {
  return treeClasses.has(key.className);
}

/** Opens the table of a key. */
export function openTableOf(file: RootFile, key: PathKey, streamers: Streamers): Promise<TableReader> {
  return openTree(file, key, streamers);
}
