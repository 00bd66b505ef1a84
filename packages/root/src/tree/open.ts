import { withinAsync } from '../error/error.ts';
import { readKeyAt, readObjectOf } from '../file/read.ts';
import type { PathKey, RootFile } from '../file/types.ts';
import { readStreamers } from '../streamer/info.ts';
import { readPlain } from '../streamer/object.ts';
import type { Streamers } from '../streamer/types.ts';
import { treeOf } from './model.ts';
import { type TreeReader, treeReader } from './reader.ts';

/** Classes that are TTrees. */
export const treeClasses: ReadonlySet<string> = new Set(['TTree', 'TNtuple', 'TNtupleD', 'TChain']);

/** The layouts of a file's classes. */
export async function streamersOf(file: RootFile): Promise<Streamers> {
  const { seekInfo, nbytesInfo } = file.header;
  if (seekInfo === 0 || nbytesInfo === 0) return new Map();
  const place = { file: file.source.name, object: 'streamer infos', offset: seekInfo };
  return withinAsync(place, async () => {
    const key = await readKeyAt(file.source, seekInfo, nbytesInfo, 'streamer infos');
    return readStreamers(await readObjectOf(file.source, { ...key, seek: seekInfo, nbytes: nbytesInfo }));
  });
}

/** Opens the TTree of a key. */
export async function openTree(file: RootFile, key: PathKey, streamers: Streamers): Promise<TreeReader> {
  return withinAsync({ file: file.source.name, object: key.path, offset: key.seek }, async () => {
    const plain = readPlain(await readObjectOf(file.source, key), streamers, key.className);
    return treeReader(file, treeOf(plain, streamers), key.path, streamers);
  });
}
