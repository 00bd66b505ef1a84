export { decoders, type Loader } from './codec/decoders.ts';
export type { CodecTag, Decoder } from './codec/types.ts';
export { RootError } from './error/error.ts';
export type { Place, RootErrorCode } from './error/types.ts';
export { findKey, walk } from './file/directory.ts';
export { identityOf } from './file/identity.ts';
export { isRoot, openFile } from './file/open.ts';
export type { Directory, FileHeader, Key, PathKey, RootFile } from './file/types.ts';
export { rootFormat } from './format.ts';
export { type NtupleReader, openNtuple } from './ntuple/reader.ts';
export { histogramOf, isHistogram } from './object/histogram.ts';
export { readObject, readRecord } from './object/read.ts';
export {
  type Efficiency,
  type Graph,
  type NamedHistogram,
  type RootRecord,
  recordOf,
} from './object/record.ts';
export type { StreamerElement, StreamerInfo, Streamers } from './streamer/types.ts';
export type { Plain, PlainValue } from './streamer/values.ts';
export { isTable, openTableOf } from './table.ts';
export { openTree, streamersOf } from './tree/open.ts';
export type { TreeReader } from './tree/reader.ts';
export type { Friend } from './tree/types.ts';
