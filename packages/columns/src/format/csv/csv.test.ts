import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryTable } from '../../../testing/arbitrary.ts';
import { memorySource } from '../../source/memory.ts';
import {
  columnFrom,
  formatType,
  makeTable,
  schemaOf,
  sliceTable,
  tableDifference,
  tableFromRows,
  toRows,
} from '../../table/index.ts';
import { encodeCsv } from './encode.ts';
import { csvFormat, tsvFormat } from './format.ts';
import { parseFloat64 } from './values.ts';

const source = (text: string | Uint8Array) =>
  memorySource('x.csv', typeof text === 'string' ? new TextEncoder().encode(text) : text);

async function readAll(text: string | Uint8Array, options: Record<string, unknown> = {}, format = csvFormat) {
  const reader = await format.open(source(text), options);
  return reader.read(Object.keys(reader.schema), 0, reader.entries);
}

describe('reading', () => {
  it('finds the types of the whole file', async () => {
    const table = await readAll(
      'i,f,b,s,mixed,none,u,big\r\n1,1.5,true,a,1,,1,9007199254740993\r\n-2,3,FALSE,"b,""c""\n",x,,18446744073709551615,-9223372036854775808\r\n',
    );
    expect(toRows(table)).toEqual([
      { i: 1n, f: 1.5, b: true, s: 'a', mixed: '1', none: null, u: 1n, big: 9007199254740993n },
      {
        i: -2n,
        f: 3,
        b: false,
        s: 'b,"c"\n',
        mixed: 'x',
        none: null,
        u: 18446744073709551615n,
        big: -9223372036854775808n,
      },
    ]);
    const types = Object.values(schemaOf(table)).map(formatType);
    expect(types).toEqual(['int64', 'float64', 'bool', 'string', 'string', 'float64?', 'uint64', 'int64']);
  });
  it.each([
    ['x\n1\n\n3', [1n, null, 3n], 'int64?'],
    ['x\nnan\n-inf\n1e3\n.5\n-0', [Number.NaN, -Infinity, 1000, 0.5, -0], 'float64'],
    ['x\n""\na\n\n', ['', 'a', null], 'string?'],
    ['x\n"1"\n""\n', [1n, null], 'int64?'],
    ['x\n99999999999999999999\n1', [1e20, 1], 'float64'],
    ['x\n1_000', ['1_000'], 'string'],
    ['x\n0x10', ['0x10'], 'string'],
    ['x\n+5\n007', [5n, 7n], 'int64'],
    ['\ufeffx\n1', [1n], 'int64'],
    ['x', [], 'float64'],
  ])('%j', async (text, values, type) => {
    const table = await readAll(text);
    expect(toRows(table).map((row) => row.x)).toEqual(values);
    expect(formatType(schemaOf(table).x!)).toBe(type);
  });
  it.each([
    ['a;b\n1;2', {}, { a: 1n, b: 2n }],
    ['a\tb\n1\t2', {}, { a: 1n, b: 2n }],
    ['"a;x",b\n1,2', {}, { 'a;x': 1n, b: 2n }],
    ['1,2', { header: false }, { c0: 1n, c1: 2n }],
    ['a b\n1 2', { delimiter: ' ' }, { a: 1n, b: 2n }],
    ['a,\n1,2', {}, { a: 1n, c1: 2n }],
    ['a,b\n\n1,\n\n', {}, { a: 1n, b: null }],
  ])('%j with %o', async (text, options, row) => {
    expect(toRows(await readAll(text, options))).toEqual([row]);
  });
  it.each([
    ['a,b\n1,2\n1,2,3\n', 'csv.ragged', 'row 2 below the header has 3 values, the header names 2'],
    ['a,b\n1', 'csv.ragged', 'row 1 below the header has 1 values'],
    ['a,a\n1,2', 'csv.header', "two columns 'a'"],
    ['', 'csv.empty', 'no header'],
  ])('refuses %j', async (text, code, message) => {
    await expect(csvFormat.open(source(text), {})).rejects.toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });
  it('reads files of several blocks by rows and columns', async () => {
    const count = 400_000;
    const table = makeTable({
      i: columnFrom(
        Array.from({ length: count }, (_, i) => i),
        { kind: 'int64' },
      ),
      x: columnFrom(
        Array.from({ length: count }, (_, i) => i / 7),
        { kind: 'float64' },
      ),
      s: columnFrom(
        Array.from({ length: count }, (_, i) => (i % 3 ? `a,\n${i}` : null)),
        { kind: 'string', nullable: true },
      ),
    });
    const reader = await csvFormat.open(source(encodeCsv(table)), {});
    expect(reader.clusters.length).toBeGreaterThan(2);
    expect(reader.entries).toBe(count);
    for (const [start, stop] of [
      [0, 10],
      [reader.clusters[1]! - 5, reader.clusters[2]! + 5],
      [count - 3, count],
      [5, 5],
    ] as const) {
      const part = await reader.read(['s', 'i', 'x'], start, stop);
      const { s, i, x } = sliceTable(table, start, stop).columns;
      expect(tableDifference(part, makeTable({ s: s!, i: i!, x: x! }))).toBeUndefined();
    }
  });
  it('takes rows longer than a block', async () => {
    const long = 'x'.repeat(9_000_000);
    const table = await readAll(`a,b\n1,${long}\n2,"${long}"\n`);
    expect(toRows(table).map((row) => [row.a, (row.b as string).length])).toEqual([
      [1n, 9_000_000],
      [2n, 9_000_000],
    ]);
  });
});

describe('numbers', () => {
  it('are the nearest doubles', () => {
    const parse = (text: string) => parseFloat64(new TextEncoder().encode(text), 0, text.length);
    fc.assert(
      fc.property(fc.double(), (x) => {
        expect(parse(String(x))).toBe(Object.is(x, -0) ? 0 : x);
      }),
    );
    const decimal = fc
      .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.nat(25))
      .map(([m, scale]) => {
        const digits = String(m < 0n ? -m : m).padStart(scale + 1, '0');
        return `${m < 0n ? '-' : ''}${digits.slice(0, digits.length - scale)}.${digits.slice(digits.length - scale)}`;
      });
    fc.assert(
      fc.property(decimal, (text) => {
        expect(parse(text)).toBe(Number(text));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('writing', () => {
  it('is read back', async () => {
    const options = { kinds: ['int64', 'float64', 'string'] as const, depth: 0 };
    await fc.assert(
      fc.asyncProperty(
        arbitraryTable(options),
        fc.constantFrom(',', '\t', ';'),
        async ({ table, rows }, delimiter) => {
          const back = await readAll(encodeCsv(table, { delimiter }), { delimiter });
          // Texts that look like numbers are numbers when read back; everything else is as it was.
          for (const [name, column] of Object.entries(table.columns)) {
            const same = schemaOf(back)[name]!.kind === schemaOf(table)[name]!.kind;
            if (same) expect(toRows(back).map((row) => row[name])).toEqual(rows.map((row) => row[name]));
            else if (rows.some((row) => row[name] !== null)) expect(column.kind).toBe('string');
          }
          expect(back.length).toBe(rows.length);
        },
      ),
    );
  });
  it('gives one text', () => {
    const table = tableFromRows(
      [
        { s: 'a,b', x: 1, r: { n: 5n, ok: true } },
        { s: '', x: Number.NaN, r: null },
        { s: null, x: 1e300, r: { n: -1n, ok: null } },
      ],
      {
        s: { kind: 'string', nullable: true },
        x: { kind: 'float64' },
        r: {
          kind: 'record',
          nullable: true,
          fields: { n: { kind: 'int64' }, ok: { kind: 'bool', nullable: true } },
        },
      },
    );
    expect(new TextDecoder().decode(encodeCsv(table))).toBe(
      's,x,r.n,r.ok\n"a,b",1.0,5,true\n"",nan,,\n,1e+300,-1,\n',
    );
    expect(new TextDecoder().decode(tsvFormat.encode!(table, {}) as Uint8Array)).toContain(
      's\tx\tr.n\tr.ok\na,b\t1.0',
    );
    const lists = tableFromRows([{ l: [1] }], { l: { kind: 'list', item: { kind: 'int8' } } });
    expect(() => encodeCsv(lists)).toThrow("column 'l' is list<int8>, which CSV cannot hold");
  });
});
