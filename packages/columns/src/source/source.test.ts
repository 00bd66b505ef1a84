import { createHash } from 'node:crypto';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileSource, openSource } from '../node/index.ts';
import { blobSource } from './blob.ts';
import { joinRanges, preload, readRanges } from './coalesce.ts';
import { httpSource } from './http.ts';
import { contentIdentity } from './identity.ts';
import { memorySource } from './memory.ts';
import { portableSha256, sha256 } from './sha256.ts';
import type { ByteSource } from './types.ts';

const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => (i * 7919) >> 3);
let folder: string;
let server: Server;
let base: string;
/** Requests that each path has seen. */
const seen = new Map<string, number>();
let etag = '"1"';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'columns-'));
  await writeFile(join(folder, 'data.bin'), bytes);
  server = createServer((request, response) => {
    const path = request.url!;
    const count = (seen.get(path) ?? 0) + 1;
    seen.set(path, count);
    if (path === '/gone') return response.writeHead(404).end();
    if (path === '/hang') return;
    if (path === '/flaky' && count % 2 === 1) return response.writeHead(503).end();
    if (path === '/whole') return response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    if (path === '/empty') return response.writeHead(416).end();
    const [, start, stop] = /bytes=(\d+)-(\d+)/.exec(request.headers.range!)!.map(Number);
    const end = Math.min(stop! + 1, bytes.length);
    const cut = path === '/cut' && count === 2 ? 10 : 0;
    response.writeHead(206, { 'content-range': `bytes ${start}-${end - 1}/${bytes.length}`, etag });
    response.end(bytes.subarray(start!, end - cut));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

const openers: Record<string, () => Promise<ByteSource>> = {
  memory: async () => memorySource('memory', bytes),
  blob: async () => blobSource(new Blob([bytes]), 'blob'),
  file: () => fileSource(join(folder, 'data.bin')),
  url: () => openSource(`${base}/data.bin`),
  'server without ranges': () => httpSource(`${base}/whole`),
  'server that fails every second time': () => httpSource(`${base}/flaky`, { delay: 1 }),
  'answer that is cut off once': () => httpSource(`${base}/cut`, { delay: 1, head: 16 }),
};

describe.each(Object.entries(openers))('%s', (_, open) => {
  it('reads any range, also several at once, and refuses ranges outside', async () => {
    const source = await open();
    expect(source.size).toBe(bytes.length);
    const ranges = [
      [0, 0],
      [5, 17],
      [70_000, 150_001],
      [199_999, 200_000],
      [200_000, 200_000],
    ] as const;
    const parts = await Promise.all(ranges.map(([start, stop]) => source.read(start, stop)));
    expect(parts).toEqual(ranges.map(([start, stop]) => bytes.slice(start, stop)));
    for (const [start, stop] of [
      [-1, 2],
      [3, 2],
      [0, 200_001],
      [0.5, 2],
    ] as const)
      await expect(source.read(start, stop)).rejects.toMatchObject({ code: 'source.range' });
    await expect(source.read(100_000, 190_000, AbortSignal.abort())).rejects.toMatchObject({
      name: 'AbortError',
    });
    await source.close();
  });
});

describe('files', () => {
  it('says what is wrong with a path', async () => {
    await expect(fileSource(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'source.missing' });
    await expect(fileSource(folder)).rejects.toThrow('is a folder');
  });
  it('notices a file that shrinks', async () => {
    const path = join(folder, 'shrinks');
    await writeFile(path, bytes);
    const source = await fileSource(path);
    await truncate(path, 100);
    await expect(source.read(50, 200)).rejects.toThrow('ends at byte 100');
    await source.close();
  });
});

describe('http', () => {
  it.each([
    ['/gone', {}, 'http.status', 1],
    ['/hang', { timeout: 30, retries: 1, delay: 1 }, 'http.timeout', 2],
  ])('%s fails with a typed error', async (path, options, code, requests) => {
    await expect(httpSource(base + path, options)).rejects.toMatchObject({ code });
    expect(seen.get(path)).toBe(requests);
  });
  it('names the reason when nobody answers', async () => {
    await expect(httpSource('http://127.0.0.1:1/x', { retries: 0 })).rejects.toMatchObject({
      code: 'http.network',
    });
  });
  it('takes an empty file', async () => {
    expect((await httpSource(`${base}/empty`)).size).toBe(0);
  });
  it('refuses to go on when the file changed', async () => {
    const source = await httpSource(`${base}/changing`);
    etag = '"2"';
    await expect(source.read(100_000, 100_010)).rejects.toMatchObject({ code: 'http.changed' });
    etag = '"1"';
  });
});

describe('coalescing', () => {
  it('reads near ranges at once and gives each its own bytes', async () => {
    const asked: number[][] = [];
    const source = memorySource('memory', bytes);
    const spy = (start: number, stop: number) => {
      asked.push([start, stop]);
      return source.read(start, stop);
    };
    const counting = { ...source, read: spy };
    const parts = await readRanges(
      counting,
      [
        [50, 60],
        [0, 10],
        [5, 55],
        [1000, 1001],
        [7, 7],
      ],
      { gap: 20 },
    );
    expect(asked).toEqual([
      [0, 60],
      [1000, 1001],
    ]);
    expect(parts).toEqual(
      [
        [50, 60],
        [0, 10],
        [5, 55],
        [1000, 1001],
        [7, 7],
      ].map(([a, b]) => bytes.slice(a, b)),
    );
  });
  it('equals separate reads, whatever the ranges', async () => {
    const source = memorySource('memory', bytes);
    const range = fc
      .tuple(fc.nat(2000), fc.nat(300))
      .map(([start, length]) => [start, start + length] as const);
    const options = fc.record({ gap: fc.nat(100), longest: fc.integer({ min: 1, max: 1000 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(range), options, async (ranges, how) => {
        const parts = await readRanges(source, ranges, how);
        const held = await preload(source, ranges, how);
        for (const [i, [start, stop]] of ranges.entries()) {
          expect(parts[i]).toEqual(bytes.subarray(start, stop));
          expect(await held.read(start, stop)).toEqual(bytes.subarray(start, stop));
        }
        expect(await held.read(3000, 3010)).toEqual(bytes.subarray(3000, 3010));
        for (const [start, stop] of joinRanges(ranges, how)) expect(stop).toBeGreaterThan(start);
      }),
    );
  });
});

describe('identity', () => {
  it('is the SHA-256 of the bytes, in Node and elsewhere', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (parts) => {
        const [ours, platform] = [portableSha256(), sha256()];
        const reference = createHash('sha256');
        for (const part of parts) {
          ours.update(part);
          platform.update(part);
          reference.update(part);
        }
        const expected = reference.digest('hex');
        expect(ours.hex()).toBe(expected);
        expect(platform.hex()).toBe(expected);
      }),
    );
  });
  it('does not depend on where the bytes lie', async () => {
    const source = await fileSource(join(folder, 'data.bin'));
    expect(await contentIdentity(source)).toBe(await contentIdentity(memorySource('x', bytes)));
    await source.close();
  });
});
