import { describe, expect, it } from 'vitest';
import { describeStore, testBytes, testKey } from '../testing/index.ts';
import { exportStore, importStore, memoryStore, verifyStore } from './index.ts';

describeStore({ describe, it }, 'memory', async () => ({ store: memoryStore() }), {
  skip: [
    {
      reason: 'memory is not shared and cannot be reached from outside',
      tests: ['another process sees what was put', 'a damaged entry is missing, and can be put again'],
    },
  ],
});

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function archive(keys?: string[]) {
  const store = memoryStore();
  await store.put([1, 2, 3].map((n) => ({ key: testKey(n), bytes: testBytes(n * 1000, n) })));
  const chunks: Uint8Array[] = [];
  for await (const chunk of exportStore(store, keys)) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

describe('archives', () => {
  for (const size of [1, 7, 1000, 1e6]) {
    it(`come back in chunks of ${size}`, async () => {
      const store = memoryStore();
      expect(await importStore(store, inPieces(await archive(), size))).toBe(3);
      const values = await store.get([1, 2, 3].map(testKey));
      expect(values.map((bytes) => bytes?.length)).toEqual([1000, 2000, 3000]);
      expect(await verifyStore(store)).toEqual({ entries: 3, bytes: 6000, corrupt: [] });
    });
  }

  it('hold only what was asked for', async () => {
    const store = memoryStore();
    expect(await importStore(store, inPieces(await archive([testKey(2), testKey(9)]), 100))).toBe(1);
    expect(await store.has([testKey(1), testKey(2)])).toEqual([false, true]);
  });

  it('are refused when cut or changed', async () => {
    const whole = await archive();
    for (const cut of [0, 5, 20, 500, whole.length - 1]) {
      await expect(importStore(memoryStore(), inPieces(whole.subarray(0, cut), 64))).rejects.toThrow(
        /archive/,
      );
    }
    for (const at of [3, 16 + 30, 16 + 400, whole.length - 3]) {
      const changed = whole.slice();
      changed[at]! ^= 1;
      const store = memoryStore();
      const outcome = await importStore(store, inPieces(changed, 64)).then(
        () => 'taken',
        (error: { code?: string }) => error.code,
      );
      // A key is not covered by the sum: it can only lead to a missing entry, never to other bytes.
      if (outcome === 'taken') expect(await store.has([testKey(1)])).toEqual([false]);
      else expect(outcome).toBe('FLOW-R015');
    }
  });
});
