import type { TableReader } from '@fasthep/columns';
import type { Key, PathKey, RootFile } from './file/types.ts';
import { openNtuple } from './ntuple/reader.ts';
import type { Streamers } from './streamer/types.ts';
import { openTree, treeClasses } from './tree/open.ts';

const ntupleClasses: ReadonlySet<string> = new Set(['ROOT::RNTuple', 'ROOT::Experimental::RNTuple']);

/** Whether an object of the file can be opened as a table. */
export function isTable(key: Pick<Key, 'className'>): boolean {
  return treeClasses.has(key.className) || ntupleClasses.has(key.className);
}

/** Opens the table of a key. */
export function openTableOf(file: RootFile, key: PathKey, streamers: Streamers): Promise<TableReader> {
  return ntupleClasses.has(key.className) ? openNtuple(file, key) : openTree(file, key, streamers);
}
