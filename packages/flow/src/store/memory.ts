import type { Store } from '../types/store.ts';

/** A store that lives as long as the process: for tests, browsers, and runs that nobody repeats. */
export function memoryStore(name = 'memory:'): Store {
  const entries = new Map<string, Uint8Array>();
  return {
    name,
    async has(keys) {
      return keys.map((key) => entries.has(key));
    },
    async get(keys) {
      return keys.map((key) => entries.get(key)?.slice());
    },
    async put(values) {
      for (const { key, bytes } of values) if (!entries.has(key)) entries.set(key, bytes.slice());
    },
    async *list() {
      for (const [key, bytes] of entries) yield { key, size: bytes.length };
    },
    async delete(keys) {
      for (const key of keys) entries.delete(key);
    },
    async close() {},
  };
}
