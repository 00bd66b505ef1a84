import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { StoreError } from '../../store/error.ts';
import type { Store } from '../../types/store.ts';
import { readContainer, writeContainer } from './container.ts';
import { holdStore } from './hold.ts';
import { indexLine, inStore, type Place, parsePlace, SMALL, shardOf } from './layout.ts';
import { openShard, type Shard } from './shard.ts';

/** An entry that is not what was put. */
export interface Corrupt {
  key: string;
  /** File it should be in. */
  path: string;
  reason: 'missing' | 'changed';
}

/** What a file store can be told. */
export interface FileStoreOptions {
  /** Called for each damaged entry that was met, and dropped. */
  onCorrupt?(entry: Corrupt): void;
}

/** The store in folder `dir`, made when first written to. Several processes may use one at the same time. */
export function fileStore(dir: string, options: FileStoreOptions = {}): Store {
  const root = resolve(dir);
  const shards = new Map<string, Shard>();
  const shard = (id: string) => {
    let found = shards.get(id);
    if (!found) {
      found = openShard(inStore(root, 'index', `${id}.log`));
      shards.set(id, found);
    }
    return found;
  };
  const places = (keys: readonly string[]) => {
    for (const id of new Set(keys.map(shardOf))) shard(id).refresh();
    return keys.map((key) => parsePlace(shard(shardOf(key)).get(key) ?? ''));
  };
  const record = (lines: readonly { key: string; place?: Place }[]) => {
    const byShard = new Map<string, string[]>();
    for (const { key, place } of lines) {
      const id = shardOf(key);
      const list = byShard.get(id) ?? [];
      list.push(indexLine(key, place));
      byShard.set(id, list);
    }
    for (const [id, texts] of byShard) shard(id).append(texts);
  };

  return {
    name: `file:${root}`,

    async has(keys) {
      return guarded(root, () => places(keys).map((place) => place !== undefined));
    },

    async get(keys) {
      return guarded(root, async () => {
        const found = places(keys);
        const byContainer = new Map<string, number[]>();
        found.forEach((place, index) => {
          if (place) byContainer.set(place.container, [...(byContainer.get(place.container) ?? []), index]);
        });
        const values: (Uint8Array | undefined)[] = keys.map(() => undefined);
        const damaged: Corrupt[] = [];
        for (const [container, indices] of byContainer) {
          const read = await readContainer(
            root,
            container,
            indices.map((index) => found[index]!),
          );
          indices.forEach((index, position) => {
            const bytes = read[position];
            if (bytes && digestOf(bytes) === found[index]!.digest) values[index] = bytes;
            else {
              const reason = bytes ? 'changed' : 'missing';
              damaged.push({ key: keys[index]!, path: inStore(root, container), reason });
            }
          });
        }
        if (damaged.length > 0) {
          drop(() => record(damaged.map(({ key }) => ({ key }))));
          for (const entry of damaged) options.onCorrupt?.(entry);
        }
        return values;
      });
    },

    async put(entries) {
      return guarded(root, async () => {
        const known = places(entries.map(({ key }) => key));
        const fresh = entries.filter((_, index) => !known[index]);
        const lines: { key: string; place: Place }[] = [];
        const small = fresh.filter(({ bytes }) => bytes.length < SMALL);
        if (small.length > 0) {
          const container = await writeContainer(
            root,
            'packs',
            small.map(({ bytes }) => bytes),
          );
          let offset = 0;
          for (const { key, bytes } of small) {
            lines.push({ key, place: { digest: digestOf(bytes), container, offset, length: bytes.length } });
            offset += bytes.length;
          }
        }
        for (const { key, bytes } of fresh) {
          if (bytes.length < SMALL) continue;
          const container = await writeContainer(root, 'objects', [bytes]);
          lines.push({ key, place: { digest: digestOf(bytes), container, offset: 0, length: bytes.length } });
        }
        record(lines);
      });
    },

    async *list() {
      if (!existsSync(inStore(root, 'index'))) return;
      for (const name of readdirSync(inStore(root, 'index')).sort()) {
        if (!/^[0-9a-f]\.log$/.test(name)) continue;
        const part = shard(name.slice(0, 1));
        part.refresh();
        for (const [key, rest] of [...part.entries()]) {
          const place = parsePlace(rest);
          if (place) yield { key, size: place.length, used: modified(inStore(root, place.container)) };
        }
      }
    },

    async delete(keys) {
      return guarded(root, () => {
        const known = places(keys);
        record(keys.filter((_, index) => known[index]).map((key) => ({ key })));
      });
    },

    hold: () => guarded(root, async () => holdStore(root)),

    async close() {
      shards.clear();
    },
  };
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function modified(path: string): number | undefined {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return undefined;
  }
}

/** What is damaged counts as missing also where nothing can be written. */
function drop(write: () => void): void {
  try {
    write();
  } catch {
    // The entry was reported, and will be again.
  }
}

async function guarded<T>(root: string, act: () => T | Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw storeError(root, error);
  }
}

function storeError(root: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new StoreError('FLOW-R012', `the store ${root} is full: ${message}`, {
      help: "make room with 'fasthep-flow cache gc', or choose another place with run.store=…",
      cause: error,
    });
  }
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new StoreError('FLOW-R013', `the store ${root} cannot be used: ${message}`, {
      help: 'choose a place where you may write with run.store=…',
      cause: error,
    });
  }
  if (code === 'ENOTDIR' || code === 'EEXIST' || code === 'EISDIR' || code === 'ENOENT') {
    return new StoreError('FLOW-R014', `${root} is not a store: ${message}`, {
      help: 'choose another folder with run.store=…',
      cause: error,
    });
  }
  return error;
}
