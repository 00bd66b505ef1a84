import type { ByteSource } from '@fasthep/columns';

/** How files are reached. One implementation in `node/`, its twin in `browser/`. Paths are absolute, or URLs. */
export interface FileAccess {
  /** What lies in a folder, in no particular order; undefined if it is none. */
  list(folder: string): Promise<FolderEntry[] | undefined>;
  /** Undefined: no such file. */
  stat(path: string): Promise<FileState | undefined>;
  /** Opens for reading. Throws when that is not possible. */
  open(path: string): Promise<ByteSource>;
}

interface FolderEntry {
  name: string;
  folder: boolean;
}

interface FileState {
  size: number;
  folder: boolean;
  /** Changes when the file is written to: time of change and number of the file. */
  stamp: string;
}
