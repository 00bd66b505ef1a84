import type { Store } from '../types/store.ts';

/** What a walk over a whole store found. */
export interface StoreCheck {
  entries: number;
  bytes: number;
  /** Keys whose bytes were not what was put; the store has dropped them. */
  corrupt: string[];
}

/** Reads every entry, so that a store which checks its sums reports and drops what is damaged. */
export async function verifyStore(store: Store, batch = 64): Promise<StoreCheck> {
  const found: StoreCheck = { entries: 0, bytes: 0, corrupt: [] };
  let waiting: string[] = [];
  const check = async () => {
    const values = await store.get(waiting);
    values.forEach((bytes, index) => {
      if (!bytes) found.corrupt.push(waiting[index]!);
      else {
        found.entries++;
        found.bytes += bytes.length;
      }
    });
    waiting = [];
  };
  for await (const { key } of store.list()) {
    waiting.push(key);
    if (waiting.length === batch) await check();
  }
  await check();
  return found;
}
