/** Files that Apache Arrow's own writer made: every type, encoding and compression, with their rows. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fileSource } from '../node/index.ts';
import { type Cell, formatType, toRows } from '../table/index.ts';
import { arrowFormat, parquetFormat } from './index.ts';

const fixtures = fileURLToPath(new URL('./fixtures/', import.meta.url));

/** What the fixtures were written as, where nothing is missing less than their writer promised. */
const TYPES: Record<string, string> = {
  i8: 'int8?',
  u8: 'uint8?',
  i16: 'int16?',
  u16: 'uint16?',
  i32: 'int32?',
  u32: 'uint32?',
  i64: 'int64?',
  u64: 'uint64?',
  f32: 'float32?',
  f64: 'float64?',
  f16: 'float32?',
  b: 'bool?',
  s: 'string?',
  cat: 'string?',
  full: 'int32',
  jag: 'list<float32?>?',
  jag2: 'list<list<int32?>?>?',
  rec: '{x: float64?, tags: list<string?>?}?',
  recs: 'list<{pt: float32?, q: int8?}?>?',
  day: 'int32?',
  ts: 'int64?',
  big: 'string?',
  map: 'list<{key: string, value: int32?}>?',
};

const plain = (value: Cell): unknown => {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
  return value;
};

const expected = JSON.parse(await readFile(`${fixtures}types.expected.json`, 'utf8')) as Record<
  string,
  unknown
>[];
/** Half precision as the file holds it. */
for (const row of expected) if (row.f16 === 6e-8) row.f16 = 2 ** -24;

describe.each([
  'types-snappy.parquet',
  'types-v2-zstd.parquet',
  'types-gzip-nostats.parquet',
  'types-brotli.parquet',
  'types-lz4.parquet',
  'types-delta.parquet',
  'types.arrow',
  'types.arrows',
  'types-lz4.feather',
  'types-zstd.feather',
])('%s', (file) => {
  const format = file.endsWith('.parquet') ? parquetFormat : arrowFormat;

  it('holds the rows that were written, whole and in parts', async () => {
    const source = await fileSource(fixtures + file);
    expect(format.matches!(await source.read(0, 64))).toBe(true);
    const reader = await format.open(source, {});
    const names = Object.keys(reader.schema);
    const rows = expected.map((row) => Object.fromEntries(names.map((name) => [name, row[name]])));
    for (const [start, stop] of [
      [0, 6],
      [0, 1],
      [3, 5],
      [5, 6],
      [6, 6],
    ] as const) {
      const part = toRows(await reader.read(names, start, stop)).map(plain);
      expect(part).toEqual(rows.slice(start, stop));
    }
    await reader.close();
  });

  it('has the types that were written', async () => {
    const source = await fileSource(fixtures + file);
    const { tables, size } = await format.contents(source);
    const table = tables[0]!;
    expect(size).toBe(source.size);
    expect(table.entries).toBe(6);
    for (const [name, type] of Object.entries(table.schema))
      if (name !== 'fix') expect([name, formatType(type)]).toEqual([name, TYPES[name]]);
    if (!file.includes('delta')) {
      expect(Object.keys(table.schema).length).toBe(Object.keys(TYPES).length + 1);
      expect(table.unreadable).toMatchObject({ dec: expect.stringContaining('decimal') });
    }
    await source.close();
  });
});

it('reads the table of exoplanets as NASA publishes it', async () => {
  const path = fileURLToPath(new URL('../../../../examples/exoplanets/exoplanets.parquet', import.meta.url));
  const reader = await parquetFormat.open(await fileSource(path), {});
  expect(reader.entries).toBe(2935);
  expect(
    Object.entries(reader.schema).map(([name, type]) => `${name}: ${formatType(type)}`),
  ).toMatchSnapshot();
  const table = await reader.read(Object.keys(reader.schema), 0, reader.entries);
  const rows = toRows(table);
  const planets = rows.flatMap((row) => row.planet_radius as (number | null)[]);
  const radii = planets.filter((radius) => radius !== null && !Number.isNaN(radius)) as number[];
  expect([planets.length, radii.length]).toEqual([3933, 3073]);
  expect(radii.reduce((a, b) => a + b, 0)).toBeCloseTo(1135.52, 9);
  expect(rows[0]).toMatchSnapshot();
  expect(rows.at(-1)).toMatchSnapshot();
  await reader.close();
});

it('refuses what it cannot read, by name and reason', async () => {
  const source = await fileSource(`${fixtures}types-snappy.parquet`);
  const reader = await parquetFormat.open(source, {});
  await expect(reader.read(['dec'], 0, 1)).rejects.toThrow(/'dec' cannot be read: decimal/);
  await reader.close();
});
