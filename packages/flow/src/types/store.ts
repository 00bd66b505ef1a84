/** Key → digest → bytes. Keys are content keys (64 hex digits); equal keys hold equal bytes. */
export interface Store {
  /** `file:/path`, `memory:`; for messages. */
  readonly name: string;
  has(keys: readonly string[]): Promise<boolean[]>;
  /** Missing or corrupt entries are undefined; a corrupt one is reported through `onCorrupt` and dropped. */
  get(keys: readonly string[]): Promise<(Uint8Array | undefined)[]>;
  /** All or nothing. Small values put together lie together. Putting a key again changes nothing. */
  put(entries: readonly { key: string; bytes: Uint8Array }[]): Promise<void>;
  list(): AsyncIterable<{ key: string; size: number; used?: number }>;
  delete(keys: readonly string[]): Promise<void>;
  /** Says that a run may read from the store until the returned function is called: nothing is cleaned up meanwhile. */
  hold?(): Promise<() => void>;
  close(): Promise<void>;
}
