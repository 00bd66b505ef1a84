import type { StreamerElement } from '../streamer/types.ts';

/** A TLeaf: one number, array or text of a branch. */
export interface Leaf {
  className: string;
  name: string;
  title: string;
  /** Items for each count; the product of the fixed dimensions. */
  len: number;
  lenType: number;
  unsigned: boolean;
  /** The leaf that counts, and the branch where it lies. */
  counter?: { leaf: string; branch: string };
  /** Of a TLeafElement: type code. */
  type: number;
}

/** A basket that lies inside the tree's own record. */
export interface EmbeddedBasket {
  /** Its number among the baskets of the branch. */
  index: number;
  /** First row. */
  row: number;
  /** Bytes of the buffer, from the key on. */
  data: Uint8Array;
  keylen: number;
  entries: number;
  last: number;
  offsets: Int32Array | undefined;
  /** Offsets follow from the counter. */
  generate: boolean;
}

/** What a TBranchElement says of the class that it holds. */
export interface ElementInfo {
  className: string;
  parentName: string;
  clonesName: string;
  version: number;
  checksum: number;
  id: number;
  /** 0 plain, 1 base class, 2 split object, 3 and 4 counts of a TClonesArray or STL collection, 31 and 41 members of one. */
  type: number;
  streamerType: number;
  /** Its element in the class that holds it. */
  streamer?: StreamerElement;
}

export interface Branch {
  name: string;
  /** With those of the branches around it, joined by `/`. */
  path: string;
  className: string;
  title: string;
  entries: number;
  firstEntry: number;
  entryOffsetLen: number;
  leaves: Leaf[];
  branches: Branch[];
  parent: Branch | undefined;
  /** First row of each basket, and of what follows the last one. */
  basketEntry: number[];
  basketSeek: number[];
  basketBytes: number[];
  /** Those that were not written, ascending. Written ones between them have a place of their own. */
  embedded: EmbeddedBasket[];
  element: ElementInfo | undefined;
  /** Baskets in another file. */
  fileName: string;
  /** The class of a TBranchObject, and whether each entry names its class. */
  object: { className: string; named: boolean } | undefined;
}

/** A TTree without its data. */
export interface Tree {
  name: string;
  title: string;
  entries: number;
  branches: Branch[];
  /** First rows of clusters. */
  clusters: number[];
  aliases: Record<string, string>;
  friends: Friend[];
}

/** A tree beside this one: row i belongs to row i. */
export interface Friend {
  /** How expressions call it. */
  alias: string;
  tree: string;
  /** Empty: this file. */
  file: string;
}
