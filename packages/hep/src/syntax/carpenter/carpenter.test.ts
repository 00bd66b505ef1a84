import { type Config, composeFile, memoryFiles } from '@fasthep/config';
import { dataPlugin } from '@fasthep/data';
import {
  checkArguments,
  corePlugin,
  createRegistry,
  defaultSyntax,
  lowerDefinition,
  type Problem,
  readSyntax,
  renderProblem,
} from '@fasthep/flow';
import { describe, expect, it } from 'vitest';
import { hepPlugin } from '../../plugin.ts';
import { carpenterSyntax } from './index.ts';

const registry = createRegistry([corePlugin, dataPlugin, hepPlugin]);
const files = (text: string, others: Record<string, string> = {}) =>
  memoryFiles({ 'seq.yaml': text, ...others });
const compose = (text: string): Config => composeFile('seq.yaml', { files: files(text), late: ['matrix'] });
const load = (others: Record<string, string>) => (path: string) =>
  composeFile(path, { files: memoryFiles(others), late: ['matrix'] });

const datasets =
  'datasets:\n  - {name: sim, files: [a.root], nevents: 10, eventtype: mc, tree: events, group: signal}\n';
const sequence = `${datasets}stages:
  - Vars: fast_carpenter.define.Define
  - Pair: mine.DiObjectMass
  - Counts: fast_carpenter.summary.BinnedDataframe
  - Cuts: fast_carpenter.selection.CutFlow
  - Mass: fast_carpenter.BinnedDataframe
Vars:
  variables:
    - El_Pt: "sqrt(El_Px ** 2 + El_Py ** 2)"
    - Tight: (El_Iso / El_Pt) < 0.1
    - NTight: {reduce: count_nonzero, formula: Tight}
    - Second: {reduce: 1, formula: El_Pt, mask: Tight, fill_missing: -1}
Pair: {collection: El, mask: Tight}
Counts: {binning: [{in: NEl, out: n}], dataset_col: true, weights: {w: Weight}}
Cuts:
  weights: {w: Weight}
  selection: {All: [NTight >= 2, {Any: [trigger == 1, El_Met > 20]}, {reduce: 0, formula: El_Pt > 25}]}
Mass: {binning: [{in: DiEl_Mass, out: mass, bins: {low: 60, high: 120, nbins: 60}}], weights: {w: Weight}}
`;

const read = (text: string, others: Record<string, string> = {}) =>
  carpenterSyntax.read(compose(text), registry, load(others));
const line = ({ code, message, origin, help }: Problem) =>
  `${code} ${origin?.line}:${origin?.column} ${message}${help ? ` (${help})` : ''}`;

describe('carpenter', () => {
  it('is recognised by its shape', () => {
    expect(readSyntax(compose(sequence), registry).syntax).toBe('carpenter');
    expect(carpenterSyntax.recognises({ stages: ['a', 'b'], tasks: {} })).toBe(0);
  });

  it('is a definition in our operators', () => {
    const { definition, problems } = read(sequence);
    expect(problems).toEqual([]);
    const tasks = Object.entries(definition.tasks).map(([name, { operator, args, needs, control }]) => ({
      name,
      operator,
      args,
      needs,
      ...control,
    }));
    expect(tasks).toEqual([
      {
        name: 'events',
        operator: 'read',
        args: {
          datasets: [{ name: 'sim', kind: 'mc', files: ['a.root'], tree: 'events', process: 'signal' }],
        },
        needs: undefined,
      },
      {
        name: 'Vars',
        operator: 'define',
        args: {
          El_Pt: 'sqrt(El_Px ** 2 + El_Py ** 2)',
          Tight: '(El_Iso / El_Pt) < 0.1',
          NTight: 'count_nonzero(Tight)',
          Second: 'El_Pt[Tight][1]',
        },
        needs: [{ task: 'events' }],
      },
      {
        name: 'Pair',
        operator: 'define',
        args: { DiEl_Mass: 'mass(El[Tight][0] + El[Tight][1])' },
        needs: [{ task: 'Vars' }],
      },
      {
        name: 'weights',
        operator: 'weight',
        args: { weight: 'Weight' },
        needs: [{ task: 'Pair' }],
        when: "dataset.kind == 'mc'",
      },
      {
        name: 'Counts',
        operator: 'group',
        args: { by: { n: 'NEl' }, agg: { n: 'count()', 'w:sumw': 'sumw()', 'w:sumw2': 'sumw2()' } },
        needs: [{ task: 'weights' }],
      },
      {
        name: 'Counts_table',
        operator: 'write',
        args: { to: 'tbl_dataset.n--Counts.csv' },
        needs: [{ task: 'Counts' }],
      },
      {
        name: 'Cuts',
        operator: 'cut_tree',
        args: {
          cuts: { all: ['NTight >= 2', { any: ['trigger == 1', 'El_Met > 20'] }, '(El_Pt > 25)[0]'] },
        },
        needs: [{ task: 'weights' }],
      },
      {
        name: 'Cuts_table',
        operator: 'write',
        args: { to: 'cuts_Cuts-w.csv' },
        needs: [{ task: 'Cuts', port: 'report' }],
      },
      {
        name: 'Mass',
        operator: 'group',
        args: {
          by: { mass: { field: 'DiEl_Mass', bins: [60, 60, 120] } },
          agg: { n: 'count()', 'w:sumw': 'sumw()', 'w:sumw2': 'sumw2()' },
        },
        needs: [{ task: 'Cuts' }],
      },
      {
        name: 'Mass_table',
        operator: 'write',
        args: { to: 'tbl_dataset.mass--Mass.csv' },
        needs: [{ task: 'Mass' }],
      },
    ]);
  });

  it('is understood by the operators, and so is its conversion', () => {
    const once = read(sequence).definition;
    const text = defaultSyntax.write!(once);
    const again = defaultSyntax.read(compose(text), registry);
    expect(again.problems).toEqual([]);
    for (const definition of [once, again.definition]) {
      const lowered = lowerDefinition(definition, registry);
      const checked = Object.entries(lowered.definition.tasks).flatMap(([name, task]) => {
        const found = registry.operator(task.operator);
        return 'problem' in found ? [] : checkArguments(lowered.definition, name, found.operator).problems;
      });
      expect([...lowered.problems, ...checked]).toEqual([]);
    }
    const bare = (tasks: typeof once.tasks) =>
      Object.entries(tasks).map(([name, { operator, args, needs, control }]) => [
        name,
        operator,
        args,
        needs,
        control,
      ]);
    expect(bare(again.definition.tasks)).toEqual(bare(once.tasks));
  });

  it('data has no weights in a cutflow, and no weighted sums in a table', () => {
    const text = sequence.replace('eventtype: mc', 'eventtype: data');
    const { tasks } = read(text).definition;
    expect(tasks.Mass_data).toMatchObject({
      operator: 'weight',
      control: { when: "not (dataset.kind == 'mc')" },
    });
    expect(tasks.Cuts!.needs).toEqual([{ task: 'Pair' }]);
    expect(tasks.Cuts_cuts!.needs).toEqual([{ task: 'Cuts_weights' }]);
  });

  it('phase spaces are masks, systematic weights are products, imports stand in their place', () => {
    const text = `${datasets}stages:
  - IMPORT: "{this_dir}/more.yaml"
  - S: fast_carpenter.SystematicWeights
S: {weights: {gen: W, id: {nominal: A, up: B, down: C}}}
`;
    const more = `stages:
  - R: fast_carpenter.SelectPhaseSpace
R: {region_name: sr, selection: {All: [n > 1, {Any: [a, b]}, {reduce: 0, formula: "p > 3"}]}}
`;
    const { definition, problems } = read(text, { 'more.yaml': more });
    expect(problems).toEqual([]);
    expect(definition.tasks.R!.args).toEqual({
      sr: '((n > 1) and ((a) or (b)) and fill_none((p > 3)[0], False))',
    });
    expect(definition.tasks.S!.args).toEqual({
      weight_nominal: '(W) * (A)',
      weight_id_up: '(B) * (W)',
      weight_id_down: '(C) * (W)',
    });
    expect(definition.origins['/tasks/R/args/sr']).toMatchObject({ file: 'more.yaml', line: 3 });
  });

  it.each([
    [
      'a class without a counterpart',
      `${datasets}stages:\n  - A: mine.Stage\nA: {}\n`,
      /^FLOW-T004 4:8 there is no counterpart of 'mine.Stage'/,
    ],
    [
      'no datasets',
      'stages:\n  - A: fast_carpenter.Define\nA: {variables: [{x: y}]}\n',
      /^FLOW-T002 1:1 a sequence needs the datasets/,
    ],
    [
      'a block that is no stage',
      `${datasets}stages:\n  - Muons: fast_carpenter.Define\nMuons: {variables: [{x: y}]}\nMuon: {}\n`,
      /^FLOW-T003 6:1 unknown key 'Muon' in the sequence \(did you mean 'Muons'\?\)/,
    ],
    [
      'a misspelt setting',
      `${datasets}stages:\n  - A: fast_carpenter.BinnedDataframe\nA: {bining: [{in: x}]}\n`,
      /^FLOW-T003 5:5 unknown key 'bining' in stage 'A' \(did you mean 'binning'\?\)/,
    ],
    [
      'an unknown reduction',
      `${datasets}stages:\n  - A: fast_carpenter.Define\nA: {variables: [{x: {reduce: med, formula: y}}]}\n`,
      /^FLOW-T002 5:30 there is no reduction 'med'/,
    ],
  ])('%s', (_name, text, expected) => {
    expect(read(text).problems.map(line).join('\n')).toMatch(expected);
  });

  it('a slip in a formula is told at its place in the formula', () => {
    const text = `${datasets}stages:\n  - A: fast_carpenter.Define\nA: {variables: [{x: {reduce: any, formula: "y >< 2"}}]}\n`;
    const { definition } = read(text);
    const origin = definition.origins['/tasks/A/args/x']!;
    expect(origin.pieces).toEqual([
      [0, 5, 45],
      [4, 5, 45],
    ]);
    expect(renderProblem({ code: 'X', message: 'm', origin }, definition.sources)).toContain('y >< 2');
  });
});
