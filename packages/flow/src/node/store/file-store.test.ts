import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { describeStore, testBytes, testKey } from '../../testing/index.ts';
import { type Corrupt, fileStore, gcFileStore } from './index.ts';
import { parsePlace } from './layout.ts';

const folders: string[] = [];
const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'store-'));
  folders.push(path);
  return path;
};
afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

function place(root: string, key: string) {
  const lines = readFileSync(join(root, 'index', `${key.slice(0, 1)}.log`), 'latin1').split('\n');
  const last = lines.filter((line) => line.startsWith(key)).at(-1)!;
  return parsePlace(last.slice(65))!;
}

function flip(root: string, key: string) {
  const { container, offset, length } = place(root, key);
  const path = join(root, container);
  const bytes = readFileSync(path);
  bytes[offset + (length >> 1)]! ^= 0x10;
  writeFileSync(path, bytes);
}

describeStore({ describe, it }, 'file', async () => {
  const root = folder();
  return {
    store: fileStore(root),
    reopen: async () => fileStore(root),
    damage: async (key) => flip(root, key),
    dispose: async () => rmSync(root, { recursive: true, force: true }),
  };
});

const entry = (n: number, size = 100) => ({ key: testKey(n), bytes: testBytes(size, n) });

describe('file store', () => {
  it('puts the small values of one put into one file', async () => {
    const root = folder();
    await fileStore(root).put(Array.from({ length: 1000 }, (_, n) => entry(n)));
    expect(readdirSync(join(root, 'packs')).length).toBe(1);
    expect(existsSync(join(root, 'objects'))).toBe(false);
    expect(readdirSync(join(root, 'tmp'))).toEqual([]);
  });

  it('reports what is damaged or gone, once', async () => {
    const root = folder();
    const met: Corrupt[] = [];
    const store = fileStore(root, { onCorrupt: (corrupt) => met.push(corrupt) });
    await store.put([entry(1), entry(2)]);
    await store.put([entry(3, 70_000)]);
    flip(root, testKey(1));
    rmSync(join(root, place(root, testKey(3)).container));
    const values = await store.get([1, 2, 3].map(testKey));
    expect(values.map((bytes) => bytes?.length)).toEqual([undefined, 100, undefined]);
    expect(met.map(({ key, reason }) => [key, reason])).toEqual([
      [testKey(1), 'changed'],
      [testKey(3), 'missing'],
    ]);
    await store.get([1, 3].map(testKey));
    expect(met.length).toBe(2);
    expect(await fileStore(root).has([1, 2, 3].map(testKey))).toEqual([false, true, false]);
  });

  it('a cut container is missing, not an error', async () => {
    const root = folder();
    const store = fileStore(root);
    await store.put([entry(1), entry(2)]);
    const path = join(root, place(root, testKey(2)).container);
    writeFileSync(path, readFileSync(path).subarray(0, 150));
    expect((await store.get([1, 2].map(testKey))).map((bytes) => bytes?.length)).toEqual([100, undefined]);
  });

  it('a line of the index that a crash left half-written takes nothing else along', async () => {
    const root = folder();
    await fileStore(root).put([entry(1)]);
    const log = join(root, 'index', `${testKey(1).slice(0, 1)}.log`);
    const neighbour = testKey(1).slice(0, 2) + testKey(2).slice(2);
    for (const torn of [
      '\n',
      `\n${neighbour}`,
      `\n${neighbour} ab`,
      `\n${neighbour} ${'0'.repeat(64)} packs/aa/bb 0`,
    ]) {
      appendFileSync(log, torn);
      const store = fileStore(root);
      expect(await store.has([testKey(1), neighbour])).toEqual([true, false]);
      const next = neighbour.slice(0, -4) + torn.length.toString(16).padStart(4, '0');
      await store.put([{ key: next, bytes: testBytes(9) }]);
      expect(await fileStore(root).has([testKey(1), neighbour, next])).toEqual([true, false, true]);
    }
  });

  it('a container without a line in the index, from a crash between the two, is nothing', async () => {
    const root = folder();
    const store = fileStore(root);
    await store.put([entry(1)]);
    rmSync(join(root, 'index'), { recursive: true });
    expect(await store.has([testKey(1)])).toEqual([false]);
    const pack = readdirSync(join(root, 'packs'), { recursive: true }).at(-1) as string;
    utimesSync(join(root, 'packs', pack), 0, 0);
    expect(gcFileStore(root)).toMatchObject({ removed: 0, freed: 100 });
    expect(existsSync(join(root, 'packs', pack))).toBe(false);
  });

  it('says what to do when it is full, read-only, or no store', async () => {
    const root = folder();
    writeFileSync(join(root, 'file'), '');
    await expect(fileStore(join(root, 'file')).put([entry(1)])).rejects.toMatchObject({ code: 'FLOW-R014' });
    if (existsSync('/proc/self')) {
      await expect(fileStore('/proc/no/where').put([entry(1)])).rejects.toMatchObject({ code: 'FLOW-R014' });
    }
    if (process.getuid?.() !== 0) {
      chmodSync(root, 0o500);
      await expect(fileStore(root).put([entry(1)])).rejects.toMatchObject({ code: 'FLOW-R013' });
      chmodSync(root, 0o700);
    }
    if (existsSync('/dev/full')) {
      // A small file system is not at hand everywhere: the shard itself stands for the full disk.
      const { symlinkSync, mkdirSync } = await import('node:fs');
      mkdirSync(join(root, 'index'));
      symlinkSync('/dev/full', join(root, 'index', `${testKey(1).slice(0, 1)}.log`));
      await expect(fileStore(root).put([entry(1)])).rejects.toMatchObject({
        code: 'FLOW-R012',
        help: expect.stringContaining('cache gc'),
      });
    }
  });
});

describe('gc', () => {
  it('keeps what was used last', async () => {
    const root = folder();
    const store = fileStore(root);
    for (const n of [1, 2, 3]) await store.put([entry(n, 1000)]);
    const hour = 3600_000;
    for (const n of [1, 2, 3]) {
      const time = (Date.now() - (4 - n) * 48 * hour) / 1000;
      utimesSync(join(root, place(root, testKey(n)).container), time, time);
    }
    await store.get([testKey(1)]);
    expect(gcFileStore(root, { maxBytes: 2500, dryRun: true })).toMatchObject({ removed: 1, kept: 2 });
    expect(gcFileStore(root, { maxBytes: 2500 })).toEqual({
      removed: 1,
      freed: 1000,
      kept: 2,
      bytes: 2000,
      holders: 0,
    });
    expect(await store.has([1, 2, 3].map(testKey))).toEqual([true, false, true]);
    expect(gcFileStore(root, { maxAge: 24 * hour })).toMatchObject({ removed: 1, kept: 1 });
    expect(await fileStore(root).has([1, 2, 3].map(testKey))).toEqual([true, false, false]);
    await store.put([entry(2, 1000)]);
    expect((await store.get([testKey(2)]))[0]?.length).toBe(1000);
  });

  it('shortens the index', async () => {
    const root = folder();
    const store = fileStore(root);
    for (let i = 0; i < 50; i++) {
      await store.put([entry(1)]);
      await store.delete([testKey(1)]);
    }
    await store.put([entry(1)]);
    gcFileStore(root);
    expect(statSync(join(root, 'index', `${testKey(1).slice(0, 1)}.log`)).size).toBeLessThan(250);
    expect(await store.has([testKey(1)])).toEqual([true]);
  });

  it('takes nothing while a run may read, and forgets runs that died', async () => {
    const root = folder();
    const store = fileStore(root);
    await store.put([entry(1)]);
    const release = await store.hold!();
    expect(gcFileStore(root, { maxBytes: 0 })).toMatchObject({ removed: 0, holders: 1 });
    expect(gcFileStore(root, { maxBytes: 0, force: true, dryRun: true })).toMatchObject({ removed: 1 });
    release();
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    writeFileSync(
      join(root, 'running', 'x'),
      JSON.stringify({ pid: gone, host: (await import('node:os')).hostname() }),
    );
    expect(gcFileStore(root, { maxBytes: 0 })).toMatchObject({ removed: 1, holders: 0 });
  });
});
