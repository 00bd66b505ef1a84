import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryTable } from '../../../testing/arbitrary.ts';
import { memorySource } from '../../source/memory.ts';
import { formatType, schemaOf, tableFromRows, toRows } from '../../table/index.ts';
import { jsonFormat, jsonlFormat } from './format.ts';
import { parseJson } from './parse.ts';

async function readAll(text: string | Uint8Array, format = jsonlFormat) {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const reader = await format.open(memorySource('x.json', bytes), {});
  return reader.read(Object.keys(reader.schema), 0, reader.entries);
}

/** Whole floats are read as integers and NaN as missing: what stays is the value. */
const plain = (value: unknown): unknown => {
  if (typeof value === 'number' && Number.isNaN(value)) return null;
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
};

describe('reading', () => {
  it('finds rows, lists, records and 64-bit integers', async () => {
    const table = await readAll(
      '{"e": 9007199254740993, "pt": [1, 2.5]}\n\n{"e": 1, "pt": [], "met": {"x": 1}}\r\n',
    );
    expect(toRows(table)).toEqual([
      { e: 9007199254740993n, pt: [1, 2.5], met: null },
      { e: 1n, pt: [], met: { x: 1n } },
    ]);
    expect(Object.values(schemaOf(table)).map(formatType)).toEqual(['int64', 'list<float64>', '{x: int64}?']);
  });
  it('takes a list too, and rows and columns of it', async () => {
    const reader = await jsonFormat.open(
      memorySource('x', new TextEncoder().encode(' [{"a": 1, "b": 2}, {"a": 3, "b": 4}]')),
      {},
    );
    expect(toRows(await reader.read(['b'], 1, 2))).toEqual([{ b: 4n }]);
    await expect(reader.read(['c'], 0, 1)).rejects.toThrow("no column 'c'");
  });
  it.each([
    ['{"a": 1}\n{"a": }', 'json.syntax', 'x.json, line 2'],
    ['{"a": 12345678901234567, }', 'json.syntax', 'unexpected "}" at character 26'],
    ['[1, 2]', 'json.rows', 'holds no rows'],
    ['{"a": 1}\n{"a": "x"}', 'table.mixed', "'a' holds int64"],
  ])('refuses %j', async (text, code, message) => {
    await expect(readAll(text)).rejects.toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });
});

describe('our parser', () => {
  it('agrees with the platform where that is exact', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        // A list whose last number makes the text delicate.
        const value = parseJson(`[${text}, 1234567890123456789]`, 'x') as unknown[];
        expect(value[1]).toBe(1234567890123456789n);
        expect(plain(value[0])).toEqual(plain(JSON.parse(text)));
      }),
    );
  });
  it('takes what Python writes', () => {
    expect(parseJson('[NaN, -Infinity, Infinity, "NaN"]', 'x')).toEqual([
      Number.NaN,
      -Infinity,
      Infinity,
      'NaN',
    ]);
  });
});

describe('writing', () => {
  it('is read back', async () => {
    const kinds = ['int64', 'float64', 'string', 'bool'] as const;
    await fc.assert(
      fc.asyncProperty(
        arbitraryTable({ kinds }),
        fc.constantFrom(jsonFormat, jsonlFormat),
        async ({ table, rows }, format) => {
          const back = await readAll(format.encode!(table, {}) as Uint8Array, format);
          expect(toRows(back).map(plain)).toEqual(rows.map(plain));
        },
      ),
    );
  });
  it('gives one text', () => {
    const table = tableFromRows([{ n: 2n ** 60n, x: [0.1, -0, Infinity, Number.NaN], s: 'é"' }], {
      n: { kind: 'int64' },
      x: { kind: 'list', item: { kind: 'float64' } },
      s: { kind: 'string' },
    });
    const text = (format: typeof jsonFormat) =>
      new TextDecoder().decode(format.encode!(table, {}) as Uint8Array);
    const row = '{"n":1152921504606846976,"x":[0.1,-0.0,1e999,null],"s":"é\\""}';
    expect(text(jsonlFormat)).toBe(`${row}\n`);
    expect(text(jsonFormat)).toBe(`[${row}]\n`);
  });
});
