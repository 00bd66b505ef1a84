import { describe, expect, it } from 'vitest';
import type { Histogram } from '../hist/index.ts';
import { columnFrom, type DataType, type Schema, type Table, toRows } from '../table/index.ts';
import { assemble } from './assemble.ts';
import { checkProgram } from './check.ts';
import { decodePartial, encodePartial } from './encode.ts';
import { mergePartials } from './partial.ts';
import { startProgram } from './run.ts';
import type { Fill, Program, Step } from './types.ts';

const list: DataType = { kind: 'list', item: { kind: 'float32' }, counter: 'nMuon' };
const schema: Schema = {
  nMuon: { kind: 'int32' },
  Muon_pt: list,
  Muon_eta: list,
  Jet_pt: { ...list, counter: 'nJet' },
  MET_pt: { kind: 'float32' },
  w: { kind: 'float64' },
  channel: { kind: 'string' },
  'odd/name': { kind: 'int32' },
};
const data: Record<string, unknown[]> = {
  nMuon: [2, 0, 1],
  Muon_pt: [[30, 20], [], [26]],
  Muon_eta: [[1, -1], [], [2]],
  Jet_pt: [[50], [40, 30], []],
  MET_pt: [10, 20, 30],
  w: [1, 2, 0.5],
  channel: ['mu', 'el', 'mu'],
  'odd/name': [1, 2, 3],
};
const table: Table = {
  length: 3,
  columns: Object.fromEntries(
    Object.entries(schema).map(([name, type]) => [name, columnFrom(data[name]!, type, name)]),
  ),
};

function problemsOf(step: Step, constants: Record<string, unknown> = {}) {
  return checkProgram({ schema, steps: [step], constants }).problems.map(
    ({ code, message, help, span, path }) => ({
      code,
      message,
      help,
      span,
      path,
    }),
  );
}

describe('checkProgram', () => {
  it.each([
    ['Moun.pt[0] > 1', 'unknown-name', "did you mean 'Muon_pt'?", [0, 7]],
    ['Muon.ptt[0] > 1', 'unknown-member', "did you mean 'pt'?", [0, 8]],
    [
      'Muon.pt > 25',
      'type',
      'write any(Muon.pt > 25) or all(Muon.pt > 25); to keep the objects that pass: define {muon: "Muon[Muon.pt > 25]"}',
      undefined,
    ],
    [
      'any(Muon.pt > Jet.pt)',
      'type',
      'combine them with cartesian(a, b), look one up in the other with nearest(a, b), or reduce one (max, sum, [0])',
      [4, 20],
    ],
    [
      'Muon.pt[w > 1][0] > 2',
      'type',
      'use filter for rows, or mask(x, condition), which keeps the row and makes the list missing',
      [0, 14],
    ],
    ['sum(w) > 1', 'type', 'reductions over rows stand in the agg of a group', [0, 6]],
    ['muon_sf(w) > 1', 'unknown-function', 'own ones go into functions:', [0, 7]],
    ['channel + 1 > 2', 'type', undefined, [0, 11]],
    ['dataset.nam == "x"', 'unknown-name', "did you mean 'dataset.name'?", [0, 11]],
    ['w > 1 & MET.pt > 2', 'operator', "write (w > 1) & (MET.pt > 2), or use 'and'", [0, 18]],
    ['max(w) > 2', 'type', 'max(a, b) compares values', [0, 6]],
  ])('%s', (expr, code, help, span) => {
    const [first] = problemsOf({ id: 'cut', from: '', do: 'keep', expr }, { dataset: { name: 'zz' } });
    expect(first).toMatchObject({ code, help, span, path: ['expr'] });
  });

  it('knows names, types, columns and what was read', () => {
    const steps: Step[] = [
      {
        id: 'd',
        from: '',
        do: 'define',
        fields: { 'Muon.far': 'abs(Muon.eta) > 1.5', good: 'Muon[Muon.pt > 25]', n: 'num(good)' },
      },
      { id: 'k', from: 'd', do: 'keep', expr: 'n >= 1 and `odd/name` > 0' },
      {
        id: 'h',
        from: 'k',
        do: 'fill',
        fill: { kind: 'hist', axes: [{ name: 'x', field: 'good.far' }], storage: 'count' },
      },
    ];
    const info = checkProgram({ schema, steps });
    expect(info.problems).toEqual([]);
    expect(info.columns).toEqual(['Muon_pt', 'Muon_eta', 'odd/name']);
    expect(info.steps.d?.makes.n).toEqual({ kind: 'int64' });
    expect(info.steps.k?.texts.expr).toEqual({
      canonical: 'n >= 1 and `odd/name` > 0',
      reads: ['n@d', 'odd/name'],
    });
    expect(info.steps.h?.labels).toEqual([]);
  });
});

const steps: Step[] = [
  { id: 'w', from: '', do: 'weight', factors: { gen: { nominal: 'w', up: 'w * 2' } } },
  { id: 'v', from: 'w', do: 'vary', name: 'scale', fields: { 'Muon.pt': { up: 'Muon.pt * 2' } } },
  { id: 'd', from: 'v', do: 'define', fields: { lead: 'max(Muon.pt)' } },
  { id: 'g', from: 'd', do: 'branch', label: 'region', cases: { all: 'True', muon: 'lead > 25' } },
  { id: 'only', from: 'g', do: 'only', label: 'region', value: 'muon' },
];

function product(fill: Fill, from: string, labels: string[], extra: Record<string, string> = {}) {
  const program: Program = { schema, steps: [...steps, { id: 'out', from, do: 'fill', fill }] };
  const run = startProgram(program);
  run.push(table);
  const partial = decodePartial(encodePartial(run.finish().out!));
  return assemble(fill, [{ labels: extra, partial }], labels);
}

describe('labels', () => {
  const axes = [{ name: 'met', field: 'MET.pt', bins: [1, 0, 100] as [number, number, number] }];

  it('a histogram has an axis for each label, and repeats nominal where a variation was not made', () => {
    const made = product(
      { kind: 'hist', axes, storage: 'weighted' },
      'g',
      ['dataset', 'region', 'variation'],
      { dataset: 'zz' },
    );
    const { axes: got, values } = made as Histogram;
    expect(got.map((axis) => [axis.name, 'categories' in axis ? axis.categories : []])).toEqual([
      ['dataset', ['zz']],
      ['region', ['all', 'muon']],
      ['variation', ['nominal', 'gen_up', 'scale_up']],
      ['met', []],
    ]);
    expect(Array.from(values).filter((_, i) => i % 3 === 1)).toEqual([3.5, 7, 3.5, 1.5, 3, 1.5]);
  });

  it('what does not use a varied field stays nominal', () => {
    const made = product({ kind: 'hist', axes, storage: 'weighted', weight: 1 }, 'v', []) as Histogram;
    expect(made.axes.map((axis) => axis.name)).toEqual(['met']);
  });

  it('a region alone keeps its label', () => {
    const fill: Fill = {
      kind: 'group',
      by: [],
      agg: { n: 'count()', sum: 'sumw()', top: 'max(MET.pt)', ratio: 'sumw() / count()' },
    };
    expect(toRows(product(fill, 'only', ['region', 'variation']) as Table)).toEqual([
      { region: 'muon', variation: 'nominal', n: 2n, sum: 1.5, top: 30, ratio: 0.75 },
      { region: 'muon', variation: 'gen_up', n: 2n, sum: 3, top: 30, ratio: 1.5 },
      // The rows are selected with a varied field.
      { region: 'muon', variation: 'scale_up', n: 2n, sum: 1.5, top: 30, ratio: 0.75 },
    ]);
  });

  it('counts are a table of cuts', () => {
    const fill: Fill = { kind: 'counts', rows: { all: { '': 'd' }, muon: { '': 'only', _before: 'd' } } };
    const rows = toRows(product(fill, '', ['region', 'variation']) as Table);
    expect(rows[0]).toEqual({
      region: 'muon',
      variation: 'nominal',
      cut: 'all',
      n: 3n,
      sumw: 3.5,
      sumw2: 5.25,
      n_before: null,
      sumw_before: null,
      sumw2_before: null,
    });
    expect(rows[3]).toMatchObject({ variation: 'gen_up', cut: 'muon', n: 2n, sumw: 3, n_before: 3n });
  });

  it('groups by text and bins, sorted, with the low edge as key', () => {
    const fill: Fill = {
      kind: 'group',
      by: [
        { name: 'channel', field: 'channel' },
        { name: 'pt', field: 'Jet.pt', edges: [0, 45, 60] },
      ],
      agg: { n: 'count()' },
    };
    expect(toRows(product(fill, 'd', []) as Table)).toEqual([
      { channel: 'el', pt: 0, n: 2n },
      { channel: 'mu', pt: 45, n: 1n },
    ]);
  });

  it('a missing weight is an error', () => {
    const bad: Step[] = [
      { id: 'w', from: '', do: 'weight', factors: { lead: 'max(Muon.pt)' } },
      { id: 'h', from: 'w', do: 'fill', fill: { kind: 'hist', axes, storage: 'weighted' } },
    ];
    for (const engine of ['compiled', 'interpreted'] as const)
      expect(() => startProgram({ schema, steps: bad }, { engine }).push(table)).toThrowError(
        expect.objectContaining({ code: 'program.weight' }),
      );
  });
});

it('merges what two halves of the rows made', () => {
  const fill: Fill = {
    kind: 'group',
    by: [{ name: 'c', field: 'channel' }],
    agg: { n: 'count()', sd: 'std(w)', m: 'mean(w)' },
  };
  const program: Program = { schema, steps: [{ id: 'out', from: '', do: 'fill', fill }] };
  const part = () => {
    const run = startProgram(program);
    run.push(table);
    return run.finish().out!;
  };
  const twice = assemble(fill, [{ labels: {}, partial: mergePartials(part(), part()) }], []) as Table;
  expect(toRows(twice)).toEqual([
    { c: 'el', n: 2n, sd: 0, m: 2 },
    { c: 'mu', n: 4n, sd: 0.25, m: 0.75 },
  ]);
});
