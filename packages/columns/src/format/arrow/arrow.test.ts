import { tableFromIPC } from '@uwdata/flechette';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryTable } from '../../../testing/arbitrary.ts';
import {
  columnFrom,
  dictionaryEncode,
  makeTable,
  type StringColumn,
  sliceTable,
  tableDifference,
  tableFromRows,
  takeRows,
  typeOf,
} from '../../table/index.ts';
import { decodeTable } from './decode.ts';
import { encodeTable } from './encode.ts';

const shapes = arbitraryTable();

describe('tables as bytes', () => {
  it('come back as they were, in one batch or many', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 7 }), ({ table }, batchSize) => {
        expect(tableDifference(decodeTable(encodeTable(table)), table)).toBeUndefined();
        expect(tableDifference(decodeTable(encodeTable(table, { batchSize })), table)).toBeUndefined();
      }),
    );
  });

  it('are the same for equal rows, however these lie in memory', () => {
    fc.assert(
      fc.property(shapes, fc.nat(9), ({ table, rows, schema }, cut) => {
        const whole = encodeTable(sliceTable(table, cut));
        const rebuilt = encodeTable(tableFromRows(rows.slice(cut), schema));
        expect(whole).toEqual(rebuilt);
        const indices = Int32Array.from({ length: rows.length }, (_, i) => i);
        expect(encodeTable(takeRows(table, indices))).toEqual(encodeTable(table));
      }),
    );
  });

  it('share memory where they can', () => {
    const table = makeTable({ x: columnFrom([1, 2, 3], { kind: 'float64' }) });
    const bytes = encodeTable(table);
    const { x } = decodeTable(bytes).columns;
    expect(x!.kind === 'primitive' && x!.values.buffer).toBe(bytes.buffer);
    const shifted = new Uint8Array(bytes.length + 1).subarray(1);
    shifted.set(bytes);
    expect(tableDifference(decodeTable(shifted), table)).toBeUndefined();
  });

  it('keep dictionaries, sizes and count columns', () => {
    const type = { kind: 'list', item: { kind: 'float32' }, counter: 'nMuon' } as const;
    const fixed = { kind: 'list', item: { kind: 'int8' }, size: 2, nullable: true } as const;
    const text = columnFrom(['a', null, 'b', 'a'], { kind: 'string', nullable: true }) as StringColumn;
    const table = makeTable({
      s: dictionaryEncode(text),
      pt: columnFrom([[1], [], [2, 3], []], type),
      pair: columnFrom([[1, 2], null, [3, 4], [5, 6]], fixed),
    });
    const back = decodeTable(encodeTable(table));
    expect(tableDifference(back, table)).toBeUndefined();
    expect(back.columns.s!.kind).toBe('dictionary');
    expect(typeOf(back.columns.pt!)).toEqual(type);
    expect(typeOf(back.columns.pair!)).toEqual(fixed);
  });

  it('are read by another implementation', () => {
    fc.assert(
      fc.property(shapes, ({ table, rows }) => {
        const theirs = tableFromIPC(encodeTable(table), { useBigInt: true, useMap: false });
        // -0 and NaN as they are; typed arrays as lists.
        const plain = (value: unknown): unknown =>
          ArrayBuffer.isView(value)
            ? Array.from(value as unknown as ArrayLike<unknown>)
            : Array.isArray(value)
              ? value.map(plain)
              : typeof value === 'object' && value !== null
                ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
                : value;
        expect(theirs.toArray().map((row) => plain({ ...row }))).toEqual(rows);
      }),
    );
  });

  it('that are damaged give a typed error, whatever the damage', () => {
    const table = makeTable({
      x: columnFrom([[1], [2, 3], []], { kind: 'list', item: { kind: 'float64' } }),
      s: columnFrom(['a', null, 'c'], { kind: 'string', nullable: true }),
    });
    const bytes = encodeTable(table);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean(), (at, value, cut) => {
        const copy = cut ? bytes.slice(0, at) : bytes.slice();
        if (!cut) copy[at] = value;
        try {
          decodeTable(copy);
        } catch (error) {
          expect(error).toMatchObject({ name: 'ColumnsError' });
        }
      }),
      { numRuns: 3000 },
    );
  });
});
