import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryTable } from '../../../testing/arbitrary.ts';
import { memorySource } from '../../source/memory.ts';
import { schemaOf, sliceTable, tableFromRows, toRows, toValues } from '../../table/index.ts';
import { encodeTable } from './encode.ts';
import { arrowFormat } from './format.ts';

describe('Arrow files', () => {
  it('are read by rows and columns', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryTable(),
        fc.integer({ min: 1, max: 6 }),
        fc.nat(20),
        fc.nat(20),
        async (given, batchSize, a, b) => {
          const { table } = given;
          const source = memorySource('x.arrow', encodeTable(table, { batchSize }));
          expect(arrowFormat.matches!(await source.read(0, 64))).toBe(true);
          const reader = await arrowFormat.open(source, {});
          expect(reader.entries).toBe(table.length);
          expect(reader.clusters[0]).toBe(0);
          const names = Object.keys(table.columns).reverse();
          const [start, stop] = [Math.min(a, b), Math.max(a, b)];
          const part = await reader.read(names, start, stop);
          expect(Object.keys(part.columns)).toEqual(names);
          const expected = sliceTable(table, start, stop);
          for (const name of names)
            expect(toValues(part.columns[name]!)).toEqual(toValues(expected.columns[name]!));
          const { tables } = await arrowFormat.contents(source);
          expect(tables[0]).toMatchObject({ entries: table.length, schema: reader.schema });
        },
      ),
    );
  });

  it('read only the columns that are asked for, and know where nothing is missing', async () => {
    const rows = Array.from({ length: 1000 }, (_, i) => ({ a: i, b: i % 2 ? 'x' : 'y', c: [i, i] }));
    const type = {
      a: { kind: 'int64' },
      b: { kind: 'string' },
      c: { kind: 'list', item: { kind: 'float64' } },
    } as const;
    const nullable = Object.fromEntries(
      Object.entries(type).map(([name, one]) => [name, { ...one, nullable: true }]),
    );
    const bytes = encodeTable(tableFromRows(rows, nullable));
    let asked = 0;
    const whole = memorySource('x.arrow', bytes);
    const source = {
      ...whole,
      read: (start: number, stop: number) => {
        asked += stop - start;
        return whole.read(start, stop);
      },
    };
    const reader = await arrowFormat.open(source, {});
    expect(reader.schema).toEqual(type);
    asked = 0;
    const part = await reader.read(['a'], 0, 1000);
    expect(asked).toBe(8000);
    expect(schemaOf(part)).toEqual({ a: { kind: 'int64' } });
    expect(toRows(part)[7]).toEqual({ a: 7n });
  });

  it('say which columns there are', async () => {
    const source = memorySource('x.arrow', encodeTable(tableFromRows([{ a: 1 }], { a: { kind: 'int8' } })));
    const reader = await arrowFormat.open(source, {});
    await expect(reader.read(['b'], 0, 1)).rejects.toThrow("x.arrow has no column 'b'");
    await expect(arrowFormat.open(source, { table: 'other' })).rejects.toThrow("no table 'other'");
    await expect(arrowFormat.open(memorySource('y', Uint8Array.of(1, 2)), {})).rejects.toMatchObject({
      code: 'arrow.damaged',
    });
  });
});
