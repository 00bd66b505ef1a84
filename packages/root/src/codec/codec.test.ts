import { deflateRawSync, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RootError } from '../error/error.ts';
import { blocksOf } from './blocks.ts';
import { fastMachine, xxh3 } from './fast.ts';
import { unpackLoading } from './unpack.ts';

function block(tag: string, packed: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(9 + packed.length);
  out.set([tag.charCodeAt(0), tag.charCodeAt(1), 8]);
  out.set([packed.length & 255, (packed.length >> 8) & 255, packed.length >> 16], 3);
  out.set([size & 255, (size >> 8) & 255, size >> 16], 6);
  out.set(packed, 9);
  return out;
}

it('unpacks zlib and the deflate of old files, over several blocks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 20, maxLength: 3000 }), fc.nat(9), async (noise, level) => {
      // Something that packs, so that it is not stored as it is.
      const data = Uint8Array.from([...noise, ...noise, ...noise, ...new Uint8Array(500)]);
      const half = data.length >> 1;
      const first = data.subarray(0, half);
      const second = data.subarray(half);
      const packed = Uint8Array.from([
        ...block('ZL', deflateSync(first, { level: Math.max(1, level) }), first.length),
        ...block('CS', deflateRawSync(second), second.length),
      ]);
      fc.pre(packed.length !== data.length);
      expect(await unpackLoading(packed, data.length)).toEqual(data);
    }),
    { numRuns: 50 },
  );
});

it('refuses blocks that lie about their sizes', async () => {
  const data = new Uint8Array(1000).fill(7);
  const good = block('ZL', deflateSync(data), 1000);
  for (const bad of [
    block('ZL', deflateSync(data), 999),
    block('ZL', deflateSync(data), 1001),
    block('XX', deflateSync(data), 1000),
    good.subarray(0, good.length - 3),
    block('ZL', new Uint8Array(4), 1 << 22),
  ])
    await expect(unpackLoading(bad, 1000)).rejects.toBeInstanceOf(RootError);
  expect(() => blocksOf(good, 5000)).toThrow(RootError);
});

it('notices every changed bit of a zlib block', async () => {
  const data = Uint8Array.from({ length: 300 }, (_, i) => (i * i) & 63);
  const good = block('ZL', deflateSync(data), data.length);
  for (let bit = 9 * 8; bit < good.length * 8; bit++) {
    const bad = good.slice();
    bad[bit >> 3]! ^= 1 << (bit & 7);
    const result = await unpackLoading(bad, data.length).catch((error: unknown) => error);
    if (!(result instanceof RootError)) expect(result).toEqual(data);
  }
});

it('computes XXH3', async () => {
  const fast = await fastMachine();
  const bytes = (text: string) => new TextEncoder().encode(text);
  expect(xxh3(fast, bytes('')).toString(16)).toBe('2d06800538d394c2');
  expect(xxh3(fast, bytes('a')).toString(16)).toBe('e6c632b61e964e1f');
  expect(xxh3(fast, bytes('abc')).toString(16)).toBe('78af5f94892f3950');
});
