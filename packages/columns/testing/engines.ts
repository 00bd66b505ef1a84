/** Random expressions on random jagged data, and the comparison of kernel and interpreter, bit for bit. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { checkProgram } from '../src/program/check.ts';
import { encodePartial } from '../src/program/encode.ts';
import { startProgram } from '../src/program/run.ts';
import type { Program, Step } from '../src/program/types.ts';
import { columnFrom, type DataType, type Schema, sliceTable, type Table } from '../src/table/index.ts';

const float = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    1,
    -1,
    2.5,
    25,
    40,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    1e308,
    5e-324,
  ),
  fc.double({ min: -100, max: 100, noNaN: true }),
);
const SCALARS: Record<string, { type: DataType; value: fc.Arbitrary<unknown> }> = {
  f: { type: { kind: 'float64' }, value: float },
  g: { type: { kind: 'float32' }, value: float },
  i8: { type: { kind: 'int8' }, value: fc.integer({ min: -128, max: 127 }) },
  u8: { type: { kind: 'uint8' }, value: fc.nat(255) },
  i32: { type: { kind: 'int32' }, value: fc.integer() },
  u32: { type: { kind: 'uint32' }, value: fc.integer({ min: 0, max: 4294967295 }) },
  i64: { type: { kind: 'int64' }, value: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n) },
  u64: { type: { kind: 'uint64' }, value: fc.bigInt(0n, 2n ** 64n - 1n) },
  b: { type: { kind: 'bool' }, value: fc.boolean() },
  c: { type: { kind: 'bool' }, value: fc.boolean() },
  o: { type: { kind: 'float64', nullable: true }, value: fc.option(float) },
  oi: { type: { kind: 'int32', nullable: true }, value: fc.option(fc.integer({ min: -3, max: 5 })) },
  s: { type: { kind: 'string' }, value: fc.constantFrom('', 'a', 'mu', 'été') },
};
const OBJECTS: Record<string, { type: DataType; value: fc.Arbitrary<unknown> }> = {
  pt: { type: { kind: 'float32' }, value: float },
  eta: { type: { kind: 'float64' }, value: fc.double({ min: -3, max: 3, noNaN: true }) },
  phi: { type: { kind: 'float64' }, value: fc.double({ min: -3.2, max: 3.2, noNaN: true }) },
  mass: { type: { kind: 'float64' }, value: fc.double({ min: 0, max: 20, noNaN: true }) },
  q: { type: { kind: 'int32' }, value: fc.constantFrom(-1, 1) },
  n: { type: { kind: 'uint8' }, value: fc.nat(255) },
  ok: { type: { kind: 'bool' }, value: fc.boolean() },
  miss: { type: { kind: 'float64', nullable: true }, value: fc.option(float) },
  k: { type: { kind: 'int32' }, value: fc.integer({ min: -1, max: 4 }) },
};

/** Rows with every type of column, and two collections. */
export const schema: Schema = Object.fromEntries([
  ...Object.entries(SCALARS).map(([name, { type }]) => [name, type] as const),
  ...['A', 'B'].flatMap((prefix) =>
    Object.entries(OBJECTS).map(
      ([name, { type }]) =>
        [`${prefix}_${name}`, { kind: 'list', item: type, counter: `n${prefix}` } as DataType] as const,
    ),
  ),
  ['A_trk', { kind: 'list', item: { kind: 'list', item: { kind: 'float64' } }, counter: 'nA' } as DataType],
]);

/** A random row of the schema. */
export const row = fc
  .record({
    scalars: fc.record(Object.fromEntries(Object.entries(SCALARS).map(([name, { value }]) => [name, value]))),
    A: fc.array(
      fc.record({
        ...Object.fromEntries(Object.entries(OBJECTS).map(([name, { value }]) => [name, value])),
        trk: fc.array(float, { maxLength: 3 }),
      }),
      { maxLength: 5 },
    ),
    B: fc.array(
      fc.record(Object.fromEntries(Object.entries(OBJECTS).map(([name, { value }]) => [name, value]))),
      {
        maxLength: 4,
      },
    ),
  })
  .map(({ scalars, A, B }) => {
    const flat: Record<string, unknown> = { ...scalars };
    for (const [prefix, list] of [
      ['A', A],
      ['B', B],
    ] as const) {
      const names = prefix === 'A' ? [...Object.keys(OBJECTS), 'trk'] : Object.keys(OBJECTS);
      for (const name of names)
        flat[`${prefix}_${name}`] = list.map((one) => (one as Record<string, unknown>)[name]);
    }
    return flat;
  });

/** Rows as a table of the schema. */
export const tableOf = (rows: Record<string, unknown>[]): Table => ({
  length: rows.length,
  columns: Object.fromEntries(
    Object.entries(schema).map(([name, type]) => [
      name,
      columnFrom(
        rows.map((one) => one[name]),
        type,
        name,
      ),
    ]),
  ),
});

/** Expressions as text: most of them have a meaning, the others are left out. */
const { number, objects } = fc.letrec<{ number: string; objects: string; collection: string }>((tie) => {
  const binary = (a: fc.Arbitrary<string>, b: fc.Arbitrary<string>) =>
    fc
      .tuple(
        a,
        fc.constantFrom(
          '+',
          '-',
          '*',
          '/',
          '//',
          '%',
          '**',
          '<',
          '<=',
          '==',
          '!=',
          'and',
          'or',
          '&',
          '|',
          '^',
          '<<',
          '>>',
        ),
        b,
      )
      .map(([x, op, y]) => `(${x} ${op} ${y})`);
  const unary = (of: fc.Arbitrary<string>) =>
    fc
      .tuple(
        fc.constantFrom(
          '-',
          'not ',
          '~',
          'abs',
          'sqrt',
          'exp',
          'log',
          'sin',
          'cos',
          'sinh',
          'floor',
          'round',
          'int',
          'bool',
          'isnan',
          'float32',
          'tanh',
          'atan',
        ),
        of,
      )
      .map(([f, x]) => `${f}(${x})`);
  const mixed = (of: fc.Arbitrary<string>) =>
    fc.oneof(
      fc.tuple(of, of, of).map(([a, b, c]) => `where(${a}, ${b}, ${c})`),
      fc.tuple(of, of).map(([a, b]) => `fill_none(${a}, ${b})`),
      fc.tuple(of, of).map(([a, b]) => `mask(${a}, ${b})`),
      fc
        .tuple(fc.constantFrom('min', 'max', 'hypot', 'atan2', 'nanmin', 'delta_phi'), of, of)
        .map(([f, a, b]) => `${f}(${a}, ${b})`),
      of.map((x) => `(${x} is None)`),
      of.map((x) => `clip(${x}, -3, 7)`),
      of.map((x) => `(${x} in [1, 2, 40])`),
    );
  return {
    number: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.constantFrom(
        ...Object.keys(SCALARS).filter((name) => name !== 's'),
        '2',
        '-1',
        '0.5',
        '3',
        'True',
        "(s == 'mu')",
        'len(s)',
      ),
      binary(tie('number'), tie('number')),
      unary(tie('number')),
      mixed(tie('number')),
      fc
        .tuple(
          fc.constantFrom(
            'sum',
            'prod',
            'min',
            'max',
            'mean',
            'std',
            'any',
            'all',
            'count',
            'count_nonzero',
            'argmin',
            'argmax',
            'nansum',
            'nanmin',
            'nanmax',
            'nanargmin',
            'nanargmax',
            'num',
          ),
          tie('objects'),
        )
        .map(([f, x]) => `${f}(${x})`),
      fc.tuple(tie('objects'), fc.integer({ min: -3, max: 3 })).map(([x, i]) => `${x}[${i}]`),
      fc.tuple(tie('objects'), tie('number')).map(([x, i]) => `${x}[${i}]`),
      fc
        .tuple(fc.constantFrom('pt', 'px', 'pz', 'energy', 'mass', 'eta'), tie('collection'))
        .map(([f, c]) => `${f}(sum(${c}))`),
      fc.tuple(tie('collection'), tie('collection')).map(([a, b]) => `mass(${a}[0] + ${b}[1])`),
    ),
    objects: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc
        .tuple(tie('collection'), fc.constantFrom(...Object.keys(OBJECTS), 'px', 'energy'))
        .map(([c, f]) => `${c}.${f}`),
      fc.constantFrom(
        'A.pt',
        'A.q',
        'A.miss',
        'B.pt',
        'A.ok',
        'sum(A.trk)',
        'max(A.trk)',
        'A.trk',
        'A.trk[A.trk > 0]',
      ),
      binary(tie('objects'), fc.oneof(tie('objects'), tie('number'))),
      unary(tie('objects')),
      mixed(tie('objects')),
      tie('objects').map((x) => `sort(${x})`),
      tie('objects').map((x) => `argsort(${x}, ascending=False)`),
      tie('objects').map((x) => `local_index(${x})`),
      tie('objects').map((x) => `pad(${x}, 3)`),
      fc.tuple(tie('objects'), tie('objects')).map(([a, b]) => `concat(${a}, ${b})`),
      fc.tuple(tie('objects'), tie('objects')).map(([x, m]) => `${x}[${m} > 0]`),
      fc.tuple(tie('objects'), tie('objects')).map(([x, i]) => `${x}[${i}]`),
      fc.tuple(tie('collection'), tie('collection')).map(([a, b]) => `nearest(${a}, ${b}, 2)`),
      tie('collection').map((c) => `mass(combinations(${c}, 2).0 + combinations(${c}, 2).1)`),
      fc
        .tuple(tie('collection'), tie('collection'))
        .map(([a, b]) => `delta_r(cartesian(${a}, ${b}).0, cartesian(${a}, ${b}).1)`),
    ),
    collection: fc.oneof(
      { maxDepth: 2, depthSize: 'small' },
      fc.constantFrom('A', 'B', 'combinations(A, 2).0', 'combinations(B, 3).2', 'concat(A, B)'),
      fc
        .tuple(tie('collection'), fc.constantFrom('pt', 'q', 'ok', 'miss'))
        .map(([c, f]) => `${c}[${c}.${f} > 0]`),
      tie('collection').map((c) => `${c}[1:]`),
      tie('collection').map((c) => `${c}[:-1]`),
      fc.tuple(tie('collection'), tie('collection')).map(([a, b]) => `${a}[nearest(${b}, ${a})]`),
    ),
  };
});

/** What a program makes of tables, as bytes. */
export function results(program: Program, tables: Table[], engine: 'compiled' | 'interpreted'): Uint8Array[] {
  const run = startProgram(program, { engine });
  for (const table of tables) run.push(table);
  return Object.values(run.finish()).map(encodePartial);
}

function agree(program: Program, rows: Record<string, unknown>[], cut: number): void {
  const table = tableOf(rows);
  const whole = results(program, [table], 'interpreted');
  const parts = [
    sliceTable(table, 0, cut % (rows.length + 1)),
    sliceTable(table, cut % (rows.length + 1), rows.length),
  ];
  expect(results(program, [table], 'compiled')).toEqual(whole);
  expect(results(program, parts, 'compiled')).toEqual(whole);
}

/** Compares the engines on random expressions; gives how many had a meaning. */
export function compareValues(numRuns: number): number {
  let meant = 0;
  fc.assert(
    fc.property(fc.oneof(number, objects), fc.array(row, { maxLength: 6 }), fc.nat(), (text, rows, cut) => {
      const program: Program = {
        schema,
        steps: [
          { id: 'd', from: '', do: 'define', fields: { x: text } },
          { id: 'out', from: 'd', do: 'fill', fill: { kind: 'collect', fields: ['x'] } },
        ],
      };
      if (checkProgram(program).problems.some((one) => one.severity !== 'warning')) return;
      meant++;
      agree(program, rows, cut);
    }),
    { numRuns },
  );
  return meant;
}

/** Compares the engines on random programs with selections, regions, weights and variations. */
export function compareFills(numRuns: number): number {
  let meant = 0;
  fc.assert(
    fc.property(
      fc.array(number, { minLength: 5, maxLength: 5 }),
      fc.array(objects, { minLength: 2, maxLength: 2 }),
      fc.array(row, { maxLength: 8 }),
      fc.nat(),
      ([a, b, c, d, e], [p, r], rows, cut) => {
        const bins: [number, number, number] = [7, -5, 60];
        const steps: Step[] = [
          { id: 'w', from: '', do: 'weight', factors: { gen: { nominal: 'fill_none(f, 1)', up: 'f * 1.5', down: 'f / 2' } } },
          { id: 'v', from: 'w', do: 'vary', name: 'scale', fields: { 'A.pt': { up: 'A.pt * 1.25', down: 'A.pt * 0.75' } } },
          { id: 'd', from: 'v', do: 'define', fields: { x: a!, y: p!, z: r! } },
          { id: 'k', from: 'd', do: 'keep', expr: { any: [b!, { not: c! }] } },
          { id: 'g', from: 'k', do: 'branch', label: 'region', cases: { one: d!, two: 'b', three: { all: ['b', e!] } } },
          { id: 'h1', from: 'g', do: 'fill', fill: { kind: 'hist', axes: [{ name: 'x', field: 'x', bins }], storage: 'weighted' } },
          { id: 'h2', from: 'g', do: 'fill', fill: { kind: 'hist', axes: [{ name: 'y', field: 'y', bins }, { name: 's', field: 's' }], storage: 'count' } },
          { id: 'h3', from: 'k', do: 'fill', fill: { kind: 'hist', axes: [{ name: 'z', field: 'z', edges: [-1, 0, 3.5, 40] }], storage: 'mean', sample: 'z', weight: 'abs(float64(u8))' } },
          { id: 't', from: 'g', do: 'fill', fill: { kind: 'group', by: [{ name: 's', field: 's' }, { name: 'x', field: 'x', bins }], agg: { n: 'count()', w: 'sumw()', w2: 'sumw2()', m: 'mean(f)', top: 'max(o)', sd: 'std(f)', sum: 'sum(i64)' } } },
          { id: 'c', from: '', do: 'fill', fill: { kind: 'counts', rows: { all: { '': 'd' }, kept: { '': 'k', _alone: 'k', _before: 'd' } } } },
        ]; // biome-ignore format: a program
        const program: Program = { schema, steps };
        if (checkProgram(program).problems.some((one) => one.severity !== 'warning')) return;
        meant++;
        agree(program, rows, cut);
      },
    ),
    { numRuns },
  );
  return meant;
}
