import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryTable } from '../../testing/arbitrary.ts';
import {
  columnFrom,
  concatTables,
  type DataType,
  dictionaryEncode,
  equalTables,
  explodeTable,
  filterRows,
  formatType,
  inferSchema,
  inferType,
  makeTable,
  previewTable,
  type Schema,
  type StringColumn,
  schemaOf,
  sliceTable,
  sortTable,
  stringColumn,
  tableDifference,
  tableFromRows,
  takeRows,
  toRows,
  toText,
  toValues,
} from './index.ts';

const some = arbitraryTable();
const part = fc.tuple(fc.nat(20), fc.nat(20)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

describe('tables', () => {
  it('give back the rows and the schema they were made of', () => {
    fc.assert(
      fc.property(some, ({ schema, rows, table }) => {
        expect(toRows(table)).toEqual(rows);
        expect(schemaOf(table)).toEqual(schema);
        expect(equalTables(table, tableFromRows(rows, schema))).toBe(true);
      }),
    );
  });

  it('are sliced as their rows are, also twice', () => {
    fc.assert(
      fc.property(some, part, part, ({ rows, table }, [a, b], [c, d]) => {
        const once = sliceTable(table, a, b);
        expect(toRows(once)).toEqual(rows.slice(a, b));
        expect(toRows(sliceTable(once, c, d))).toEqual(rows.slice(a, b).slice(c, d));
      }),
    );
  });

  it('taken apart and put together are the same', () => {
    fc.assert(
      fc.property(some, part, ({ table }, [a, b]) => {
        const parts = [sliceTable(table, 0, a), sliceTable(table, a, b), sliceTable(table, b)];
        expect(tableDifference(concatTables(parts), table)).toBeUndefined();
      }),
    );
  });

  it('give rows by number, with gaps for -1, and by mask', () => {
    fc.assert(
      fc.property(some, part, fc.array(fc.nat()), ({ rows, table }, [a, b], picks) => {
        const view = sliceTable(table, a, b);
        const seen = rows.slice(a, b);
        const indices = seen.length === 0 ? [] : picks.map((pick) => pick % seen.length);
        expect(toRows(takeRows(view, indices))).toEqual(indices.map((i) => seen[i]));
        const gaps = takeRows(view, Int32Array.from([...indices, -1]));
        expect(toRows(gaps).at(-1)).toEqual(
          Object.fromEntries(Object.keys(view.columns).map((name) => [name, null])),
        );
        const mask = seen.map((_, i) => (picks[i] ?? 0) % 2);
        expect(toRows(filterRows(view, mask))).toEqual(seen.filter((_, i) => mask[i] === 1));
      }),
    );
  });

  it('differ where a single cell differs', () => {
    const schema: Schema = { x: { kind: 'list', item: { kind: 'float64' } }, n: { kind: 'int64' } };
    const a = tableFromRows(
      [
        { x: [1, Number.NaN], n: 1 },
        { x: [0], n: 2n ** 60n },
      ],
      schema,
    );
    const b = tableFromRows(
      [
        { x: [1, Number.NaN], n: 1 },
        { x: [0], n: 2n ** 60n + 1n },
      ],
      schema,
    );
    const c = tableFromRows(
      [
        { x: [1, Number.NaN], n: 1 },
        { x: [-0], n: 2n ** 60n },
      ],
      schema,
    );
    expect(tableDifference(a, b)).toBe(`'n': row 1: "1152921504606846976" and "1152921504606846977"`);
    expect(tableDifference(a, c)).toContain('row 1');
    expect(tableDifference(a, sliceTable(a, 0, 1))).toBe('2 rows and 1 rows');
    expect(tableDifference(a, makeTable({ n: a.columns.n!, x: a.columns.x! }))).toContain('columns');
  });
});

describe('building', () => {
  const cases: [unknown, DataType, string][] = [
    [300, { kind: 'int8' }, `'c', row 0: 300 is no int8`],
    [1.5, { kind: 'int32' }, `'c', row 0: 1.5 is no int32`],
    [-1n, { kind: 'uint64' }, `'c', row 0: -1 is no uint64`],
    [null, { kind: 'bool' }, `'c', row 0: missing is no bool`],
    ['x', { kind: 'float64' }, `'c', row 0: "x" is no float64`],
    [[1, 'x'], { kind: 'list', item: { kind: 'int8' } }, `'c[]', row 1: "x" is no int8`],
    [{ a: 1 }, { kind: 'record', fields: { b: { kind: 'int8' } } }, `'c.b', row 0: missing is no int8`],
    [[1], { kind: 'list', item: { kind: 'int8' }, size: 2 }, `'c', row 0: 1 items where every row has 2`],
  ];
  it.each(cases)('refuses %s as %o', (value, type, message) => {
    expect(() => columnFrom([value], type, 'c')).toThrow(message);
  });

  it.each([
    [[1, null, 3], 'int64?'],
    [[1, 2.5], 'float64'],
    [[2n ** 62n, 1], 'int64'],
    [[true], 'bool'],
    [[null, null], 'float64?'],
    [[[], [1, null]], 'list<int64?>'],
    [[[]], 'list<float64>'],
    [[{ a: 1 }, { b: 'x' }, { a: 2, b: 'y' }], '{a: int64?, b: string?}'],
  ])('infers from %s', (values, type) => {
    expect(formatType(inferType(values))).toBe(type);
  });
  it('refuses to guess a type for mixed values', () => {
    expect(() => inferType([1, 'a'], 'c')).toThrow("'c' holds int64 in one row and string in another");
    expect(inferSchema([{ a: 1 }, { b: 2 }])).toEqual({
      a: { kind: 'int64', nullable: true },
      b: { kind: 'int64', nullable: true },
    });
  });
  it('refuses columns of different lengths', () => {
    expect(() => makeTable({ a: stringColumn(['x']), b: stringColumn([]) })).toThrow(
      "column 'b' has 0 rows, 'a' has 1",
    );
  });
});

describe('dictionaries', () => {
  it('stand for the texts they were made of, and stay dictionaries when put together', () => {
    const text = fc.option(fc.string({ unit: fc.constantFrom('a', 'b', 'é'), maxLength: 2 }));
    const type: DataType = { kind: 'string', nullable: true };
    fc.assert(
      fc.property(fc.array(text), fc.array(text), (first, second) => {
        const [a, b] = [first, second].map((texts) =>
          dictionaryEncode(columnFrom(texts, type) as StringColumn),
        ) as [ReturnType<typeof dictionaryEncode>, ReturnType<typeof dictionaryEncode>];
        expect(toValues(a)).toEqual(first);
        expect(toValues(toText(a))).toEqual(first);
        expect(new Set(toValues(a.dictionary)).size).toBe(a.dictionary.length);
        const both = concatTables([makeTable({ a }), makeTable({ a: b })]).columns.a!;
        expect(both.kind).toBe('dictionary');
        expect(toValues(both)).toEqual([...first, ...second]);
        expect(toValues(concatTables([makeTable({ a }), makeTable({ a: toText(b) })]).columns.a!)).toEqual([
          ...first,
          ...second,
        ]);
      }),
    );
  });
  it('keeps thousands of texts apart', () => {
    const texts = Array.from({ length: 20_000 }, (_, i) => `run ${i % 7000}`);
    const column = dictionaryEncode(stringColumn(texts));
    expect(column.dictionary.length).toBe(7000);
    expect(toValues(column)).toEqual(texts);
  });
});

describe('sorting', () => {
  it('puts NaN, then missing, last in either direction and keeps equal rows in order', () => {
    const values = [3, null, Number.NaN, 1, 3, null, Number.NaN, -0, 0, Number.POSITIVE_INFINITY];
    const table = makeTable({
      x: columnFrom(values, { kind: 'float64', nullable: true }),
      row: columnFrom(
        values.map((_, i) => i),
        { kind: 'int32' },
      ),
    });
    const order = (descending: boolean) => toValues(sortTable(table, ['x'], { descending }).columns.row!);
    expect(order(false)).toEqual([7, 8, 3, 0, 4, 9, 2, 6, 1, 5]);
    expect(order(true)).toEqual([9, 0, 4, 3, 7, 8, 2, 6, 1, 5]);
    expect(toValues(sortTable(table, ['x'], { limit: 2 }).columns.row!)).toEqual([7, 8]);
  });
  it('goes by several keys; text by code point; 64-bit integers exactly', () => {
    const rows = [
      { s: 'ﬀ', n: 2n ** 60n + 1n },
      { s: '😀', n: 0n },
      { s: 'ﬀ', n: 2n ** 60n },
      { s: 'Z', n: 5n },
      { s: 'a', n: 5n },
    ];
    const table = tableFromRows(rows, { s: { kind: 'string' }, n: { kind: 'int64' } });
    const expected = [rows[3], rows[4], rows[2], rows[0], rows[1]];
    expect(toRows(sortTable(table, ['s', 'n']))).toEqual(expected);
    const coded = makeTable({ s: dictionaryEncode(table.columns.s as StringColumn), n: table.columns.n! });
    expect(toRows(sortTable(coded, ['s', 'n']))).toEqual(expected);
  });
  it('says what cannot be a key', () => {
    const table = tableFromRows([{ x: [1] }], { x: { kind: 'list', item: { kind: 'int8' } } });
    expect(() => sortTable(table, ['x'])).toThrow('rows cannot be sorted by list<int8>');
    expect(() => sortTable(table, ['y'])).toThrow("no column 'y'");
  });
});

describe('explode', () => {
  it('makes one row for each item and repeats the rest', () => {
    const item: DataType = { kind: 'list', item: { kind: 'float64' }, nullable: true };
    const schema: Schema = { a: item, b: item, s: { kind: 'string' } };
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.option(fc.array(fc.double())), fc.string())),
        fc.nat(5),
        (data, cut) => {
          const rows = data.map(([a, s]) => ({ a, b: a?.map((x) => -x) ?? null, s })).slice(cut);
          const all = data.map(([a, s]) => ({ a, b: a?.map((x) => -x) ?? null, s }));
          const table = sliceTable(tableFromRows(all, schema), cut);
          const expected = rows.flatMap(({ a, s }) => (a ?? []).map((x) => ({ a: x, b: -x, s })));
          expect(toRows(explodeTable(table, ['a', 'b']))).toEqual(expected);
        },
      ),
    );
  });
  it('refuses lists of different lengths', () => {
    const schema: Schema = {
      a: { kind: 'list', item: { kind: 'int8' } },
      b: { kind: 'list', item: { kind: 'int8' } },
    };
    const table = tableFromRows(
      [
        { a: [1], b: [1] },
        { a: [1], b: [] },
      ],
      schema,
    );
    expect(() => explodeTable(table, ['a', 'b'])).toThrow("row 1: 'a' has 1 items, 'b' has 0");
  });
});

describe('concat', () => {
  it('names the column whose type or presence differs', () => {
    const a = tableFromRows([{ x: 1 }], { x: { kind: 'int32' } });
    expect(() => concatTables([a, tableFromRows([{ x: 1 }], { x: { kind: 'float64' } })])).toThrow(
      "'x' is int32 in one part and float64 in another",
    );
    expect(() => concatTables([a, tableFromRows([{ y: 1 }], { y: { kind: 'int32' } })])).toThrow(
      "a column 'x'",
    );
  });
});

it('previews are JSON and say what they leave out', () => {
  const table = tableFromRows(
    [
      { n: 2n ** 60n, x: [1, 2, 3, Number.NaN] },
      { n: 5n, x: [] },
    ],
    { n: { kind: 'int64' }, x: { kind: 'list', item: { kind: 'float64' } } },
  );
  expect(JSON.parse(JSON.stringify(previewTable(table, 5, 2)))).toEqual({
    length: 2,
    schema: schemaOf(table),
    rows: [
      { n: '1152921504606846976', x: [1, 2, '… 2 more'] },
      { n: 5, x: [] },
    ],
  });
});
