import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEverything } from './testing/everything.ts';
import { mutated, randomOf } from './testing/mutate.ts';
import { vector, vectorNames } from './testing/vectors.ts';

describe('hostile files', () => {
  it.each([
    'test_int_vfloat_tlv_vtlv_rntuple_v1-0-0-0.root',
    'uproot-issue-407.root',
    'uproot-leaflist.root',
  ])('%s cut at every length gives errors, and never columns', async (name) => {
    const bytes = vector(name);
    // Free bytes may lie at the end: all that is shorter than the header says is cut.
    const end = new DataView(bytes.buffer, bytes.byteOffset).getUint32(12);
    for (let length = 0; length < Math.min(bytes.length, end); length++) {
      const { columns, errors } = await readEverything(bytes.subarray(0, length));
      expect(columns).toBe(0);
      expect(errors.length).toBeGreaterThan(0);
      expect(errors[0]!.message).toContain('hostile.root');
    }
  });

  it('changed bytes give typed errors or columns that hold together, in bounded time', async () => {
    const files = vectorNames(6500).map((name) => ({ name, bytes: vector(name) }));
    await fc.assert(
      fc.asyncProperty(fc.nat(files.length - 1), fc.integer(), async (file, seed) => {
        const start = performance.now();
        await readEverything(mutated(files[file]!.bytes, randomOf(seed)));
        expect(performance.now() - start).toBeLessThan(5000);
      }),
      { numRuns: 300 },
    );
  });

  it('text, noise and emptiness are no ROOT files', async () => {
    for (const bytes of [
      new Uint8Array(0),
      new TextEncoder().encode('hello'),
      new Uint8Array(4096).fill(255),
    ]) {
      const { errors } = await readEverything(bytes);
      expect(errors.map(({ code }) => code)).toEqual(['ROOT-E01']);
    }
  });
});
