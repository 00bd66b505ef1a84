import { tableFromRows } from '@fasthep/columns';
import { describe, expect, it } from 'vitest';
import { type TextColumn, textFields, textTable } from './text.ts';

const table = tableFromRows(
  [
    { name: 'Kepler-9', letter: 'c', radius: 0.82349, n: 1234567 },
    { name: 'β Pic', letter: 'b', radius: 2, n: 3 },
    { name: 'X', letter: 'd', radius: null, n: -45 },
  ],
  {
    name: { kind: 'string' },
    letter: { kind: 'string' },
    radius: { kind: 'float64', nullable: true },
    n: { kind: 'int64' },
  },
);
const column = (one: TextColumn) =>
  textTable(table, [one])
    .split('\n')
    .slice(3, 6)
    .map((line) => line.slice(2, -2).trimEnd());

describe('a drawn table', () => {
  it('has headers, templates and formats', () => {
    expect(
      textTable(table, [
        { template: '{name} {letter}', header: 'Planet' },
        { field: 'radius', format: '.3f', missing: '-' },
      ]),
    ).toBe(`+------------+--------+
| Planet     | radius |
+------------+--------+
| Kepler-9 c | 0.823  |
| β Pic b    | 2.000  |
| X d        | -      |
+------------+--------+
`);
  });

  // As Python's format() prints them.
  it.each<[string, string[]]>([
    ['.1e', ['8.2e-01', '2.0e+00', '']],
    ['.2g', ['0.82', '2', '']],
    ['.0f', ['1', '2', '']],
    ['.1%', ['82.3%', '200.0%', '']],
    ['', ['0.82349', '2.0', '']],
  ])('radius as %j', (format, expected) => {
    expect(column({ field: 'radius', format })).toEqual(expected);
  });

  it.each<[string, string[]]>([
    [',', ['1,234,567', '3', '-45']],
    ['d', ['1234567', '3', '-45']],
    ['.3g', ['1.23e+06', '3', '-45']],
    [',.1f', ['1,234,567.0', '3.0', '-45.0']],
  ])('n as %j', (format, expected) => {
    expect(column({ field: 'n', format })).toEqual(expected);
  });

  it('knows what it reads, and refuses what is not there', () => {
    expect(textFields([{ template: '{name} {letter}' }, 'n', { field: 'name' }])).toEqual([
      'name',
      'letter',
      'n',
    ]);
    expect(() => textTable(table, ['radus'])).toThrow("there is no column 'radus'");
    expect(() => textTable(table, [{ field: 'n', format: 'x3' }])).toThrow("'x3' is no format");
  });
});
