import type { ByteSource } from '@fasthep/columns';

/** The first bytes of a file. */
export interface FileHeader {
  /** ROOT's version as 63404; offsets of 8 bytes are marked by 1,000,000 on disk, which is taken off here. */
  version: number;
  large: boolean;
  begin: number;
  end: number;
  seekFree: number;
  nbytesFree: number;
  nbytesName: number;
  /** Algorithm * 100 + level. */
  compression: number;
  seekInfo: number;
  nbytesInfo: number;
  uuid: string;
}

/** Where an object lies and what it is. */
export interface Key {
  name: string;
  title: string;
  className: string;
  cycle: number;
  /** Bytes on disk, key included. */
  nbytes: number;
  /** Unpacked size of the object, without the key. */
  objlen: number;
  keylen: number;
  seek: number;
  seekParent: number;
  datime: number;
}

export interface Directory {
  nbytesKeys: number;
  nbytesName: number;
  seekDir: number;
  seekParent: number;
  seekKeys: number;
  /** In the order of the file. */
  keys: Key[];
}

/** A key with the path of its directory in front, as `dir/name`. */
export interface PathKey extends Key {
  path: string;
}

export interface RootFile {
  source: ByteSource;
  header: FileHeader;
  top: Directory;
}
