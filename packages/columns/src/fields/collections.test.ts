import { describe, expect, it } from 'vitest';
import { columnFrom, type Program, type Schema, startProgram, type Table } from '../index.ts';
import { checkProgram } from '../program/index.ts';

const floats = (counter?: string) =>
  ({ kind: 'list', item: { kind: 'float64' }, ...(counter !== undefined && { counter }) }) as const;
const schema: Schema = {
  nMuon: { kind: 'uint32' },
  Muon_pt: floats('nMuon'),
  Muon_eta: floats('nMuon'),
  Muon_bad: floats('nMuon'),
  lep_pt: floats(),
  lep_eta: floats('nlep'),
  met: { kind: 'float64' },
};
const data: Record<string, unknown[]> = {
  nMuon: [2, 0, 1],
  Muon_pt: [[1, 2], [], [4]],
  Muon_eta: [[5, 6], [], [7]],
  Muon_bad: [[0, 0], [], [0]],
  lep_pt: [[10], [20, 30], []],
  lep_eta: [[1], [2, 3], []],
  met: [1, 2, 3],
};
const table = (changed: Record<string, unknown[]> = {}, only?: readonly string[]): Table => ({
  length: 3,
  columns: Object.fromEntries(
    Object.entries(schema)
      .filter(([name]) => only?.includes(name) ?? true)
      .map(([name, type]) => [name, columnFrom({ ...data, ...changed }[name]!, type)]),
  ),
});
const program = (text: string, collections?: Record<string, unknown>): Program => ({
  schema,
  ...(collections && { collections }),
  steps: [
    { id: 'd', from: '', do: 'define', fields: { v: text } },
    { id: 'h', from: 'd', do: 'fill', fill: { kind: 'group', by: [], agg: { s: 'sum(v)' } } },
  ],
});
const sum = (made: Program, rows: Table, engine: 'compiled' | 'interpreted') => {
  const run = startProgram(made, { engine });
  run.push(rows);
  const { h } = run.finish();
  return h?.kind === 'group' ? h.rows[0]!.slots[0]![0] : undefined;
};

describe.each(['compiled', 'interpreted'] as const)('collections that are written out, %s', (engine) => {
  it.each([
    ['a list of columns', 'sum(Muon[Muon.pt > 1].eta)', { Muon: ['Muon_pt', 'Muon_eta'] }, 13],
    ['a map of names', 'sum(lepton[lepton.pt > 10].eta)', { lepton: { pt: 'lep_pt', eta: 'lep_eta' } }, 5],
    ['another prefix', 'sum(far[1:].pt + far[1:].eta)', { far: { pt: 'Muon_pt', eta: 'Muon_eta' } }, 8],
    ['columns under their names', 'sum(x[x.lep_pt > 10].lep_eta)', { x: ['lep_pt', 'lep_eta'] }, 5],
  ])('%s', (_, text, collections, want) => {
    const made = program(text, collections);
    expect(checkProgram(made).problems).toEqual([]);
    expect(sum(made, table(), engine)).toBe(want);
  });

  it('lists of unequal lengths are told', () => {
    const made = program('sum(x[x.pt > 10].eta)', { x: { pt: 'lep_pt', eta: 'lep_eta' } });
    expect(() => sum(made, table({ lep_eta: [[1], [2], []] }), engine)).toThrow(/different lengths/);
  });

  it('the number of objects is read from the column that counts them', () => {
    const made = program('num(Muon) + sum(local_index(Muon))');
    expect(checkProgram(made).columns).toEqual(['nMuon']);
    expect(sum(made, table({}, ['nMuon']), engine)).toBe(4n);
    expect(checkProgram(program('num(Muon) + sum(Muon.pt)')).columns).toEqual(['Muon_pt']);
  });
});

it.each([
  ['a column that is not there', { Muon: ['Muon_pt', 'Muon_etta'] }, /no column 'Muon_etta'/],
  ['a column of that name', { met: ['Muon_pt'] }, /'met' is a column/],
  ['no columns', { Muon: [] }, /needs its columns/],
  ['rows and lists', { x: ['met', 'Muon_pt'] }, /'met' has one value for each row/],
  ['one name twice', { Muon: ['Muon_pt', 'Muon_pt'] }, /two members 'pt'/],
])('refuses %s', (_, collections, message) => {
  const [problem] = checkProgram(program('met', collections)).problems;
  expect(problem).toMatchObject({ code: 'program.collections', message: expect.stringMatching(message) });
  expect(problem!.path[0]).toBe('collections');
});

it('only its columns are members', () => {
  const { problems } = checkProgram(program('sum(Muon[0:1].bad)', { Muon: ['Muon_pt', 'Muon_eta'] }));
  expect(problems[0]?.message).toMatch(/bad/);
});
