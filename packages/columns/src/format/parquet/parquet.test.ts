import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryTable } from '../../../testing/arbitrary.ts';
import { memorySource } from '../../source/memory.ts';
import type { ByteSource } from '../../source/types.ts';
import { columnFrom, makeTable, sliceTable, toValues } from '../../table/index.ts';
import { parquetFormat } from './format.ts';
import { readHybrid } from './levels.ts';

/** Parquet has no columns of nothing but records without fields; all else is read back. */
describe('Parquet files', () => {
  it('are read back by rows and columns', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryTable(),
        fc.integer({ min: 1, max: 8 }),
        fc.nat(20),
        fc.nat(20),
        async ({ table }, rowGroupSize, a, b) => {
          const bytes = await parquetFormat.encode!(table, { rowGroupSize });
          const reader = await parquetFormat.open(memorySource('x.parquet', bytes), {});
          expect(reader.entries).toBe(table.length);
          const names = Object.keys(table.columns).reverse();
          const [start, stop] = [Math.min(a, b), Math.max(a, b)];
          const part = await reader.read(names, start, stop);
          const expected = sliceTable(table, start, stop);
          for (const name of names)
            expect(toValues(part.columns[name]!)).toEqual(toValues(expected.columns[name]!));
        },
      ),
    );
  });

  it('give only the column chunks that are asked for, once for each row group', async () => {
    const count = 10_000;
    const numbers = Float64Array.from({ length: count }, (_, i) => Math.sin(i));
    const table = makeTable({
      x: columnFrom(numbers, { kind: 'float64' }),
      y: columnFrom(numbers, { kind: 'float64' }),
    });
    const bytes = await parquetFormat.encode!(table, { rowGroupSize: 2500 });
    let asked = 0;
    const whole = memorySource('x.parquet', bytes);
    const read: ByteSource['read'] = (start, stop) => {
      asked += stop - start;
      return whole.read(start, stop);
    };
    const reader = await parquetFormat.open({ ...whole, read }, {});
    expect(reader.clusters).toEqual([0, 2500, 5000, 7500]);
    asked = 0;
    for (let at = 2500; at < 5000; at += 500) await reader.read(['y'], at, at + 500);
    expect(asked).toBeGreaterThan(2500 * 8 * 0.9);
    expect(asked).toBeLessThan(2500 * 8 * 1.2);
  });

  it('are told apart by content', async () => {
    const make = async (x: number) =>
      parquetFormat.encode!(makeTable({ x: columnFrom([x, 2], { kind: 'float64' }) }), {});
    const identity = async (bytes: Uint8Array, name: string) =>
      (await parquetFormat.contents(memorySource(name, bytes))).identity;
    expect(await identity(await make(1), 'a')).toBe(await identity(await make(1), 'b'));
    expect(await identity(await make(1), 'a')).not.toBe(await identity(await make(3), 'a'));
  });

  it('that are damaged give a typed error', async () => {
    const table = makeTable({
      x: columnFrom([[1], [2, 3], []], { kind: 'list', item: { kind: 'float64' } }),
      s: columnFrom(['a', null, 'c'], { kind: 'string', nullable: true }),
    });
    const bytes = await parquetFormat.encode!(table, {});
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean(), async (at, value, cut) => {
        const copy = cut ? bytes.slice(0, at) : bytes.slice();
        if (!cut) copy[at] = value;
        try {
          const reader = await parquetFormat.open(memorySource('x', copy), {});
          await reader.read(Object.keys(reader.schema), 0, reader.entries);
        } catch (error) {
          expect(error).toMatchObject({ name: 'ColumnsError' });
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('levels', () => {
  it('of any width are unpacked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 32 }),
        fc.array(fc.nat(0x7fffffff), { minLength: 1 }),
        fc.nat(3),
        (width, raw, run) => {
          const values = raw.map((value) => (width < 31 ? value % 2 ** width : value));
          // One run of the first value, then groups of eight packed least significant bit first.
          const groups = Math.ceil(values.length / 8);
          const bits = values
            .map((value) => value.toString(2).padStart(width, '0').split('').reverse().join(''))
            .join('')
            .padEnd(groups * 8 * width, '0');
          const packed = bits
            .match(/.{8}/g)!
            .map((byte) => Number.parseInt(byte.split('').reverse().join(''), 2));
          const varint = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)]);
          const first = values[0]!;
          const head =
            run > 0
              ? [
                  ...varint(run * 2),
                  ...Array.from({ length: (width + 7) >> 3 }, (_, i) => (first >>> (8 * i)) & 255),
                ]
              : [];
          const bytes = Uint8Array.from([...head, ...varint(groups * 2 + 1), ...packed]);
          const out = new Int32Array(run + values.length);
          readHybrid(bytes, 0, bytes.length, width, out, 0, out.length);
          expect([...out]).toEqual([...Array(run).fill(first), ...values]);
        },
      ),
    );
  });
});
