import { withinAsync } from '../error/error.ts';
import { readKeyAt, readObjectOf } from '../file/read.ts';
import type { PathKey, RootFile } from '../file/types.ts';
import { parseCxxType, spell } from '../streamer/cxxtype.ts';
import { readStreamers } from '../streamer/info.ts';
import { readPlain } from '../streamer/object.ts';
import type { Streamers } from '../streamer/types.ts';
import { treeOf } from './model.ts';
import { type TreeReader, treeReader } from './reader.ts';

/** Classes that are TTrees. A TChain is not: it only names files, which `readObject` gives. */
export const treeClasses: ReadonlySet<string> = new Set(['TTree', 'TNtuple', 'TNtupleD']);

/** The layouts of a file's classes. */
export async function streamersOf(file: RootFile): Promise<Streamers> {
  const { seekInfo, nbytesInfo } = file.header;
  if (seekInfo === 0 || nbytesInfo === 0) return new Map();
  const place = { file: file.source.name, object: 'streamer infos', offset: seekInfo };
  return withinAsync(place, async () => {
    const key = await readKeyAt(file.source, seekInfo, nbytesInfo, 'streamer infos');
    const record = await readObjectOf(file.source, { ...key, seek: seekInfo, nbytes: nbytesInfo });
    const streamers = readStreamers(record);
    completeLinks(streamers);
    return streamers;
  });
}

/** Opens the TTree of a key. */
export async function openTree(file: RootFile, key: PathKey, streamers: Streamers): Promise<TreeReader> {
  return withinAsync({ file: file.source.name, object: key.path, offset: key.seek }, async () => {
    const plain = readPlain(await readObjectOf(file.source, key), streamers, key.className);
    return treeReader(file, treeOf(plain, streamers), key.path, streamers);
  });
}

/**
 * ATLAS writes `vector<vector<ElementLink<…>>>` of classes that it does not describe when all vectors are empty.
 * Every ElementLink is laid out alike, so the layout of one stands for those.
 */
function completeLinks(streamers: Streamers): void {
  const one = [...streamers].find(([name]) => name.startsWith('ElementLink<'))?.[1][0];
  if (!one) return;
  for (const name of [...streamers.keys()]) {
    if (!name.startsWith('vector<')) continue;
    let type = parseCxxType(name);
    while (type.name === 'vector' && type.arguments[0]) [type] = type.arguments;
    const link = spell(type);
    if (type.name === 'ElementLink' && !streamers.has(link)) streamers.set(link, [{ ...one, name: link }]);
  }
}
