import { type Config, composeFile, memoryFiles } from '@fasthep/config';
import { dataPlugin } from '@fasthep/data';
import {
  checkArguments,
  corePlugin,
  createRegistry,
  type Definition,
  defaultSyntax,
  lowerDefinition,
  type Problem,
  readSyntax,
  wireTasks,
} from '@fasthep/flow';
import { describe, expect, it } from 'vitest';
import { hepPlugin } from '../../plugin.ts';
import { translate } from './expressions.ts';
import { fasthepSyntax } from './index.ts';

const registry = createRegistry([corePlugin, dataPlugin, hepPlugin]);
const compose = (text: string): Config =>
  composeFile('w.yaml', { files: memoryFiles({ 'w.yaml': text }), late: ['matrix'] });
const read = (text: string) => fasthepSyntax.read(compose(text), registry);
const line = ({ code, message, origin, help }: Problem) =>
  `${code} ${origin?.line}:${origin?.column} ${message}${help ? ` (${help})` : ''}`;
const tasksOf = (definition: Definition) =>
  Object.entries(definition.tasks).map(([name, { operator, args, needs, control }]) => ({
    name,
    operator,
    args,
    needs,
    ...control,
  }));
const ports = (definition: Definition) =>
  Object.fromEntries(
    Object.entries(definition.tasks).map(([name, { needs }]) => [
      name,
      needs?.map(
        ({ task, port, data }) => `${data === false ? 'after ' : ''}${task}${port ? `.${port}` : ''}`,
      ),
    ]),
  );

const head = `data:
  datasets: [{name: sim, files: [a.root], eventtype: mc, group: signal}]
  defaults: {tree_primary: Events}
sources:
  events: {kind: root_tree, tree: Events, stop: 100}
analysis:
  stages:
`;
const stages = (...rows: string[]) => head + rows.map((row) => `    - ${row}\n`).join('');

describe('fasthep', () => {
  it('is recognised by its shape', () => {
    expect(
      readSyntax(compose(stages('{id: A, op: hep.define, params: {variables: []}}')), registry).syntax,
    ).toBe('fasthep');
    expect(fasthepSyntax.recognises({ tasks: {}, data: {}, sources: {} })).toBe(0);
  });

  it('is a definition in our operators', () => {
    const { definition, problems } = read(
      stages(
        '{id: V, op: hep.define, params: {variables: [{name: lead, expr: "leading(El_Pt)"}, {name: n, reduce: {op: count_nonzero, over: El_Pt > 5}}]}}',
        '{id: S, op: hep.selection.cutflow, params: {weight_expr: W, selection: {All: [n > 1, {expr: lead > 25, label: hard}, {reduce: {op: any, over: El_Iso < 1}}]}}}',
        '{id: H, op: hep.hist, params: {dataset_axis: true, weight_expr: W, axes: [{name: x, source: lead, type: regular, bins: {low: 0, high: 10, nbins: 5}}, {name: k, source: n, type: int}]}, render: {style: one, out: fig}}',
        '{id: T, op: hep.hist, from: V, params: {axes: [{name: x, source: lead, type: regular, bins: {low: 0, high: 10, nbins: 5}}]}}',
      ).replace(
        'analysis:',
        'styles: {one: {op: hep.render.hist1d, axes: {x: {label: X, limits: [0, 9]}, y: {scale: log}}}}\nanalysis:',
      ),
    );
    expect(problems).toEqual([]);
    expect(tasksOf(definition)).toEqual([
      {
        name: 'events',
        operator: 'read',
        args: {
          datasets: [{ name: 'sim', kind: 'mc', files: ['a.root'], process: 'signal' }],
          tree: 'Events',
          rows: [0, 100],
        },
        needs: undefined,
      },
      {
        name: 'V',
        operator: 'define',
        args: { lead: 'fill_none((El_Pt)[0], 0.0)', n: 'count_nonzero(El_Pt > 5)' },
        needs: [{ task: 'events' }],
      },
      { name: 'weights', operator: 'weight', args: { weight: 'W' }, needs: [{ task: 'V' }] },
      {
        name: 'S',
        operator: 'cutflow',
        args: { 'n > 1': 'n > 1', hard: 'lead > 25', 'any(El_Iso < 1)': 'any(El_Iso < 1)' },
        needs: [{ task: 'weights' }],
      },
      {
        name: 'H',
        operator: 'hist',
        args: {
          axes: { x: { field: 'lead', bins: [5, 0, 10] }, k: { field: 'n' } },
          weight: 'W',
          storage: 'weighted',
        },
        needs: [{ task: 'S' }],
      },
      {
        name: 'H_render',
        operator: 'plot',
        args: { out: 'fig.svg', x: { label: 'X', range: [0, 9] }, y: { log: true } },
        needs: [{ task: 'H' }],
      },
      {
        name: 'T_by_dataset',
        operator: 'hist',
        args: { axes: { x: { field: 'lead', bins: [5, 0, 10] } }, weight: 1, storage: 'count' },
        needs: [{ task: 'V' }],
      },
      { name: 'T', operator: 'merge', args: { over: 'dataset' }, needs: [{ task: 'T_by_dataset' }] },
    ]);
  });

  it('is understood by the operators, and so is its conversion', () => {
    const once = read(
      stages(
        '{id: V, op: hep.define, params: {variables: [{name: y, expr: "a > 1 && b < 2"}]}}',
        '{id: F, op: hep.selection.flag, params: {selection: [y, a > 3]}}',
        '{id: S, op: hep.selection.cutflow, params: {selection: {base: [y, a > 2], low: {parents: ["base[0]"], steps: [b < 1]}}}}',
        '{id: H, op: hep.hist, params: {dataset_axis: true, axes: [{name: a, type: regular, bins: {low: 0, high: 1, nbins: 2}}]}}',
      ),
    );
    expect(once.problems).toEqual([]);
    expect(ports(once.definition)).toEqual({
      events: undefined,
      V: ['events'],
      F: ['V'],
      S_base: ['F'],
      S_low: ['S_base.y'],
      S: ['F'],
      H: ['S'],
    });
    const again = defaultSyntax.read(compose(defaultSyntax.write!(once.definition)), registry);
    expect(again.problems).toEqual([]);
    expect(tasksOf(again.definition)).toEqual(tasksOf(once.definition));
    const lowered = lowerDefinition(again.definition, registry).definition;
    const checked = Object.entries(lowered.tasks).flatMap(([name, task]) => {
      const found = registry.operator(task.operator);
      return 'problem' in found ? [] : checkArguments(lowered, name, found.operator).problems;
    });
    expect([...wireTasks(lowered, registry).problems, ...checked]).toEqual([]);
  });

  it('several sources are joined entry by entry, the first without a prefix', () => {
    const { definition, problems } = read(`data: {datasets: [{name: d, files: [a.root]}]}
sources:
  reco: {kind: root_tree, tree: reco/Events}
  l1: {kind: root_tree, tree: l1/Up}
joins:
  events: {kind: zip, inputs: [{source: reco, prefix: r}, {source: l1, prefix: l1}]}
primary_stream: events
fields: {met: {stream: events, branch: r.met}, odd: {stream: events, branch: "ss./x"}, l1pt: {stream: events, branch: l1.pt}}
analysis:
  stages:
    - {id: C, op: hep.selection.cutflow, params: {selection: {All: [met > 3 or r.jet > 2]}}}
`);
    expect(problems).toEqual([]);
    expect(tasksOf(definition).slice(2)).toEqual([
      {
        name: 'events',
        operator: 'join',
        args: { l1: 'entry' },
        needs: [
          { task: 'reco', as: 'left' },
          { task: 'l1', as: 'l1' },
        ],
      },
      {
        name: 'fields',
        operator: 'define',
        args: { odd: '`ss./x`', l1pt: 'l1.pt' },
        needs: [{ task: 'events' }],
      },
      {
        name: 'C',
        operator: 'cutflow',
        args: { 'met > 3 or r.jet > 2': 'met > 3 or jet > 2' },
        needs: [{ task: 'fields' }],
      },
    ]);
  });

  it('systematics stand where what they use is made', () => {
    const { definition, problems } = read(
      stages(
        '{id: V, op: hep.define, params: {variables: [{name: pt, expr: x}, {name: ptUp, expr: x * 2}, {name: up, expr: "1.1"}]}}',
        '{id: H, op: hep.hist, params: {dataset_axis: true, axes: [{name: pt, type: regular, bins: {low: 0, high: 1, nbins: 2}}]}}',
      ).replace(
        'analysis:',
        'systematics:\n  variations:\n    - {name: eff_up, group: eff, direction: up, applies_to: mc, weight: {multiply: up}}\n    - {name: scale_up, group: scale, direction: up, replace: {pt: ptUp}}\nanalysis:',
      ),
    );
    expect(problems).toEqual([]);
    expect(tasksOf(definition).slice(2, 4)).toEqual([
      {
        name: 'eff',
        operator: 'weight',
        args: { eff: { nominal: '1', up: 'up' } },
        needs: [{ task: 'V' }],
        when: "dataset.kind == 'mc'",
      },
      { name: 'scale', operator: 'vary', args: { pt: { up: 'ptUp' } }, needs: [{ task: 'eff' }] },
    ]);
    expect(ports(definition).H).toEqual(['scale']);
  });

  it.each([
    [
      '{id: A, op: hep.defin, params: {}}',
      "FLOW-T004 8:19 there is no counterpart of the operation 'hep.defin' (did you mean 'hep.define'?)",
    ],
    ['{id: A, params: {}}', "FLOW-T002 8:7 stage 'A' has no 'op' (op: hep.define)"],
    [
      '{id: A, op: hep.define, parms: {}}',
      "FLOW-T003 8:31 unknown key 'parms' in stage 'A' (did you mean 'params'?)",
    ],
    [
      '{id: A, op: hep.hist, params: {axes: [{name: x, type: regular, bins: {low: 0, nbins: 3}}]}}',
      "FLOW-T002 8:76 'bins' needs 'high', a number (bins: {low: 0, high: 100, nbins: 50})",
    ],
    [
      '{id: A, op: hep.define, needs: [Bb], params: {variables: []}}',
      "FLOW-N001 8:39 there is no stage or source 'Bb' (there are A, events)",
    ],
  ])('%s', (row, expected) => {
    expect(read(stages(row)).problems.map(line)).toContain(expected);
  });

  it('a circle of needs is told at the needs', () => {
    const { definition } = read(
      stages(
        '{id: A, op: hep.define, needs: [B], params: {variables: [{name: x, expr: "1"}]}}',
        '{id: B, op: hep.define, needs: [A], params: {variables: [{name: y, expr: "1"}]}}',
      ),
    );
    expect(wireTasks(definition, registry).problems.map(line)).toEqual([
      'FLOW-N005 8:39 tasks wait for one another: A -> B -> A (take one of these needs away)',
    ]);
  });
});

describe('translate', () => {
  it.each([
    ['a > 1 && !(b < 2) || c != 3', 'a > 1  and   not (b < 2)  or  c != 3'],
    ["x == 'a&&b'", "x == 'a&&b'"],
    ['leading(a, -1.0) + nth(b, 2)', 'fill_none((a)[0], -1.0) + fill_none((b)[2], 0.0)'],
    ['leading(where(c, subleading(a), 1))', 'fill_none((where(c, fill_none((a)[1], 0.0), 1))[0], 0.0)'],
  ])('%s', (text, expected) => {
    expect(translate(text).text).toBe(expected);
  });

  it('takes the prefix of the first stream away, and knows where each character was', () => {
    expect(translate('r.a > r.b', 'r')).toEqual({
      text: 'a > b',
      map: [
        [0, 0],
        [0, 2],
        [4, 8],
      ],
    });
  });
});
