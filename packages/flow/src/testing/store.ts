import type { Store } from '../types/store.ts';
import { check, type Runner, type Skip, same, sameBytes } from './expect.ts';

/** One store under test. */
export interface StoreUnderTest {
  store: Store;
  /** Opens the same data again, as another process would. */
  reopen?(): Promise<Store>;
  /** Changes a byte of the value of `key` behind the store's back. */
  damage?(key: string): Promise<void>;
  /** Takes everything away. */
  dispose?(): Promise<void>;
}

/** A key for tests, from any number. */
export function testKey(n: number): string {
  return (n * 2654435761).toString(16).padStart(16, '0').slice(-16).repeat(4);
}

/** Bytes for tests; equal arguments give equal bytes. */
export function testBytes(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed + 1;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    bytes[i] = state >>> 16;
  }
  return bytes;
}

/**
 * The contract of `Store` as tests: each store runs them, those of third parties too.
 *
 *     describeStore({ describe, it }, 'file', async () => ({ store: fileStore(folder), … }));
 */
export function describeStore(
  runner: Runner,
  name: string,
  make: () => Promise<StoreUnderTest>,
  options: { skip?: Skip[] } = {},
): void {
  const skipped = new Set(options.skip?.flatMap(({ tests }) => tests));
  const test = (title: string, body: (under: StoreUnderTest) => Promise<void>) => {
    if (skipped.has(title)) return;
    runner.it(title, async () => {
      const under = await make();
      try {
        await body(under);
      } finally {
        await under.store.close();
        await under.dispose?.();
      }
    });
  };

  runner.describe(`store ${name}`, () => {
    test('an empty store has nothing', async ({ store }) => {
      same(await store.has([testKey(1), testKey(2)]), [false, false], 'has');
      same((await store.get([testKey(1)])).length, 1, 'get of one key');
      check((await store.get([testKey(1)]))[0] === undefined, 'a missing value is undefined');
      same(await store.has([]), [], 'has of no keys');
      same(await store.get([]), [], 'get of no keys');
      await store.put([]);
    });

    test('gives back what was put, in the order asked for', async ({ store }) => {
      const sizes = [0, 1, 100, 65_535, 65_536, 300_000];
      await store.put(sizes.map((size, n) => ({ key: testKey(n), bytes: testBytes(size, n) })));
      const order = [5, 0, 99, 3, 1, 4, 2, 3];
      same(
        await store.has(order.map(testKey)),
        order.map((n) => n < sizes.length),
        'has',
      );
      const values = await store.get(order.map(testKey));
      order.forEach((n, index) => {
        if (n >= sizes.length)
          check(values[index] === undefined, 'a missing value among others is undefined');
        else sameBytes(values[index], testBytes(sizes[n]!, n), `value of ${sizes[n]} bytes`);
      });
    });

    test('many small values', async ({ store }) => {
      const entries = Array.from({ length: 2000 }, (_, n) => ({
        key: testKey(n),
        bytes: testBytes(n % 50, n),
      }));
      await store.put(entries);
      const values = await store.get(entries.map(({ key }) => key));
      entries.forEach(({ bytes }, index) => {
        sameBytes(values[index], bytes, `value ${index}`);
      });
    });

    test('a large value', async ({ store }) => {
      const bytes = testBytes(9_000_000, 3);
      await store.put([{ key: testKey(1), bytes }]);
      sameBytes((await store.get([testKey(1)]))[0], bytes, 'value');
    });

    test('putting a key again changes nothing', async ({ store }) => {
      await store.put([{ key: testKey(1), bytes: testBytes(10) }]);
      await store.put([
        { key: testKey(1), bytes: testBytes(10) },
        { key: testKey(2), bytes: testBytes(20) },
      ]);
      const [one, two] = await store.get([testKey(1), testKey(2)]);
      sameBytes(one, testBytes(10), 'first');
      sameBytes(two, testBytes(20), 'second');
    });

    test('values do not change with the arrays that were put or given', async ({ store }) => {
      const bytes = testBytes(10);
      await store.put([{ key: testKey(1), bytes }]);
      bytes.fill(0);
      const [given] = await store.get([testKey(1)]);
      given?.fill(1);
      sameBytes((await store.get([testKey(1)]))[0], testBytes(10), 'value');
    });

    test('puts at the same time all arrive', async ({ store }) => {
      await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          store.put([
            { key: testKey(n), bytes: testBytes(100, n) },
            { key: testKey(1000), bytes: testBytes(70_000, 1000) },
          ]),
        ),
      );
      const values = await store.get([...Array(20).keys(), 1000].map(testKey));
      for (let n = 0; n < 20; n++) sameBytes(values[n], testBytes(100, n), `value ${n}`);
      sameBytes(values[20], testBytes(70_000, 1000), 'value put by all');
    });

    test('lists and deletes', async ({ store }) => {
      await store.put([1, 2, 3].map((n) => ({ key: testKey(n), bytes: testBytes(n * 10) })));
      await store.delete([testKey(2), testKey(99)]);
      const found: [string, number][] = [];
      for await (const { key, size } of store.list()) found.push([key, size]);
      found.sort(([a], [b]) => (a < b ? -1 : 1));
      const left: [string, number][] = [1, 3].map((n) => [testKey(n), n * 10]);
      left.sort(([a], [b]) => (a < b ? -1 : 1));
      same(found, left, 'list');
      same(await store.has([1, 2, 3].map(testKey)), [true, false, true], 'has');
      await store.put([{ key: testKey(2), bytes: testBytes(5) }]);
      sameBytes((await store.get([testKey(2)]))[0], testBytes(5), 'put again after delete');
    });

    test('another process sees what was put', async ({ store, reopen }) => {
      if (!reopen) throw new Error("no 'reopen' to test with: skip this test by name, with a reason");
      const other = await reopen();
      same(await other.has([testKey(1)]), [false], 'before');
      await store.put([{ key: testKey(1), bytes: testBytes(10) }]);
      sameBytes((await other.get([testKey(1)]))[0], testBytes(10), 'put here, seen there');
      await other.put([{ key: testKey(2), bytes: testBytes(80_000) }]);
      await other.close();
      sameBytes((await store.get([testKey(2)]))[0], testBytes(80_000), 'put there, seen here');
    });

    test('a damaged entry is missing, and can be put again', async ({ store, damage }) => {
      if (!damage) throw new Error("no 'damage' to test with: skip this test by name, with a reason");
      const sizes = [100, 80_000];
      await store.put(sizes.map((size, n) => ({ key: testKey(n), bytes: testBytes(size, n) })));
      await store.put([{ key: testKey(7), bytes: testBytes(30) }]);
      for (const [n, size] of sizes.entries()) {
        await damage(testKey(n));
        check((await store.get([testKey(n)]))[0] === undefined, 'a damaged value must not be given');
        same(await store.has([testKey(n)]), [false], 'has of a damaged entry that was met');
        await store.put([{ key: testKey(n), bytes: testBytes(size, n) }]);
        sameBytes((await store.get([testKey(n)]))[0], testBytes(size, n), 'put again');
      }
      sameBytes((await store.get([testKey(7)]))[0], testBytes(30), 'another entry');
    });
  });
}
