import { type Histogram, type Schema, type Table, tableFromRows, toRows } from '@fasthep/columns';
import type { Json, JsonObject, Operator, StreamProgram, StreamStep, TaskContext } from '@fasthep/flow';
import { describe, expect, test } from 'vitest';
import { define, filter, group, hist, project, redefine, regions, weight } from '../operators/index.ts';
import { testRegistry } from '../testing/registry.ts';
import { tableStream } from './table.ts';

const context: TaskContext = { registry: testRegistry(), log: () => {} };
const schema: Schema = {
  x: { kind: 'float64' },
  n: { kind: 'int32' },
  w: { kind: 'float64' },
  Jet_pt: { kind: 'list', item: { kind: 'float32' }, counter: 'nJet' },
  Jet_eta: { kind: 'list', item: { kind: 'float32' }, counter: 'nJet' },
};
const table = tableFromRows(
  Array.from({ length: 12 }, (_, i) => ({
    x: i / 4,
    n: i % 3,
    w: 1 + i / 8,
    Jet_pt: Array.from({ length: i % 4 }, (_, k) => 20 + 10 * k + i),
    Jet_eta: Array.from({ length: i % 4 }, (_, k) => k - 1),
  })),
  schema,
);

type Task = [name: string, operator: Operator, args: Json, from?: string];

/** A stream's program of tasks, each reading the rows of the nearest one above that gives rows, or of `from`. */
function programOf(...tasks: Task[]): StreamProgram & { ports: Record<string, string> } {
  const steps: StreamStep[] = [];
  const ports: Record<string, string> = {};
  let above = '';
  for (const [name, operator, args, from] of tasks) {
    if (operator.run.kind !== 'row-wise') throw new Error(operator.name);
    const written =
      operator.main !== undefined && typeof args === 'string' ? { [operator.main]: args } : args;
    const input = from === undefined ? above : ports[from]!;
    const made = operator.run.steps(written, { input, id: (local) => `${name}/${local}`, node: name });
    steps.push(...made.steps);
    for (const [port, step] of Object.entries(made.outputs)) {
      ports[`${name}.${port}`] = step;
      if (port === 'rows') above = step;
    }
  }
  return { schema: schema as unknown as Json, steps, constants: { name: 'zz', xsec: 2.5 }, ports };
}

const analyse = (program: StreamProgram) => {
  const info = tableStream.analyse(program);
  expect(info.problems).toEqual([]);
  return info;
};
const canonical = (program: StreamProgram, step: string) => analyse(program).outputs[step]!.canonical;

async function run(
  program: StreamProgram,
  step: string,
  cuts = [0, 12],
  labels: JsonObject[] = [{}],
): Promise<unknown> {
  const fill = program.steps.find((one) => one.id === step)!;
  const parts = [];
  for (const label of labels) {
    const bytes: Uint8Array[] = [];
    for (let i = 1; i < cuts.length; i++) {
      const work = await tableStream.start(program, [step], context);
      const rows = toRows(table).slice(cuts[i - 1], cuts[i]);
      await work.push(tableFromRows(rows, schema));
      bytes.push((await work.finish())[step]!);
    }
    parts.push({ labels: label as Record<string, string>, bytes: await tableStream.merge(fill, bytes) });
  }
  return tableStream.assemble(fill, parts, Object.keys(labels[0]!));
}

const spectrum: Task = ['spectrum', hist, { x: { field: 'y', bins: [4, 0, 6] } }];

describe('what a fill depends on', () => {
  const base: Task[] = [
    ['fields', define, { y: 'x * 2', z: 'n + 1' }],
    ['cut', filter, 'z > 1'],
    ['more', filter, 'x < 2'],
    ['weights', weight, { w: 'w' }],
    spectrum,
  ];
  const same = (...tasks: Task[]) => {
    const name = tasks.find((task) => task[1] === hist)![0];
    return (
      canonical(programOf(...tasks), `${name}/histogram`) ===
      canonical(programOf(...base), 'spectrum/histogram')
    );
  };
  const [fields, cut, more, weights] = base as [Task, Task, Task, Task];

  test('nothing but these: names of tasks, other results and the order of cuts do not show', () => {
    expect(
      same(
        ['a', fields[1], fields[2]],
        ['b', cut[1], cut[2]],
        ['c', more[1], more[2]],
        ['d', weights[1], weights[2]],
        ['e', hist, spectrum[2]],
      ),
    ).toBe(true);
    expect(same(...base, ['other', hist, { x: 'n' }], ['g', group, { agg: { n: 'count()' } }])).toBe(true);
    expect(same(fields, more, cut, weights, spectrum)).toBe(true);
    expect(same(fields, ['both', filter, { expr: { all: ['x < 2', 'z > 1'] } }], weights, spectrum)).toBe(
      true,
    );
    expect(
      same(['fields', define, { unused: 'w * 3', z: 'n + 1', y: 'x * 2' }], cut, more, weights, spectrum),
    ).toBe(true);
    expect(
      same(['one', define, { y: 'x*2' }], ['two', define, { z: '(n + 1)' }], cut, more, weights, spectrum),
    ).toBe(true);
    // A factor's name shows only where it makes a variation.
    expect(same(fields, cut, more, ['weights', weight, { another: 'w' }], spectrum)).toBe(true);
  });

  test('all of these', () => {
    expect(same(['fields', define, { y: 'x * 3', z: 'n + 1' }], cut, more, weights, spectrum)).toBe(false);
    expect(same(['fields', define, { y: 'x * 2', z: 'n + 2' }], cut, more, weights, spectrum)).toBe(false);
    expect(same(fields, ['cut', filter, 'z > 2'], more, weights, spectrum)).toBe(false);
    expect(same(fields, cut, weights, spectrum)).toBe(false);
    expect(same(fields, cut, more, spectrum)).toBe(false);
    expect(same(fields, cut, more, ['weights', weight, { w: 'w * 2' }], spectrum)).toBe(false);
    expect(same(fields, cut, more, ['weights', weight, { w: { nominal: 'w', up: 'w * 2' } }], spectrum)).toBe(
      false,
    );
    expect(same(fields, cut, more, weights, ['spectrum', hist, { x: { field: 'y', bins: [5, 0, 6] } }])).toBe(
      false,
    );
    expect(
      same(fields, cut, more, weights, ['spectrum', hist, { x: { field: 'y', bins: [4, 0, 6] }, weight: 1 }]),
    ).toBe(false);
    expect(
      same(fields, cut, more, weights, ['region', regions, { s: 'n == 1', c: 'n == 2' }], spectrum),
    ).toBe(false);
    expect(same(fields, cut, more, ['again', redefine, { y: 'y + 1' }], weights, spectrum)).toBe(false);
  });

  test('a changed function of the workflow, only where it is called', () => {
    const of = (body: string) => {
      const program = programOf(
        ['f', define, { y: 'twice(x)', z: 'x' }],
        ['a', hist, { x: { field: 'y', bins: [1, 0, 1] } }],
        ['b', hist, { x: { field: 'z', bins: [1, 0, 1] } }],
      );
      const info = analyse({ ...program, functions: { 'twice(v)': body } });
      return [info.outputs['a/histogram']!.canonical, info.outputs['b/histogram']!.canonical];
    };
    const [one, two] = [of('v * 2'), of('v + v')];
    expect(one[0]).not.toBe(two[0]);
    expect(one[1]).toBe(two[1]);
  });

  test('what was added to a collection or changed in it, wherever the collection is used', () => {
    const of = (...tasks: Task[]) => {
      const last: Task[] = [
        ['s', define, { hard: 'Jet[Jet.eta > -1]', first: 'hard[0]' }],
        ['h', hist, { x: { field: 'first.pt', bins: [5, 0, 100] } }],
        ['i', hist, { x: { field: 'num(hard)', bins: [5, 0, 5] } }],
      ];
      const info = analyse(programOf(...tasks, ...last));
      return ['h/histogram', 'i/histogram'].map((id) => info.outputs[id]!.canonical);
    };
    const plain = of();
    const scaled = of(['r', redefine, { 'Jet.pt': 'Jet.pt * 2' }]);
    expect(scaled[0]).not.toBe(plain[0]);
    expect(of(['r', redefine, { 'Jet.pt': 'Jet.pt * 3' }])[0]).not.toBe(scaled[0]);
    expect(of(['q', redefine, { 'Jet.pt': 'Jet.pt * 2' }])).toEqual(scaled);
    const cut = of(['r', redefine, { 'Jet.eta': 'Jet.eta + n' }]);
    expect(cut[0]).not.toBe(plain[0]);
    expect(cut[1]).not.toBe(plain[1]);
    // Through a field that is one of each object, written as a constant.
    const flag = (value: string) =>
      canonical(
        programOf(
          ['f', define, { 'Jet.flag': value }],
          ['h', hist, { x: { field: 'Jet.flag', bins: [3, 0, 3] } }],
        ),
        'h/histogram',
      );
    expect(flag('1')).not.toBe(flag('2'));
  });

  test('variations: of fields by what they do, under the name of their task', () => {
    const of = (name: string, up: string) => {
      const steps: StreamStep[] = [{ id: `${name}/rows`, from: '', do: 'vary', name, fields: { x: { up } } }];
      const { steps: fills } = programOf(
        ['h', hist, { x: { field: 'x', bins: [1, 0, 1] } }],
        ['i', hist, { x: { field: 'n', bins: [1, 0, 1] } }],
      );
      steps.push(...fills.map((step) => ({ ...step, from: `${name}/rows` })));
      const info = analyse({ schema: schema as unknown as Json, steps });
      return ['h/histogram', 'i/histogram'].map((id) => info.outputs[id]!);
    };
    const [h, i] = of('jes', 'x * 2') as [ReturnType<typeof of>[0], ReturnType<typeof of>[0]];
    expect(h.labels).toEqual(['variation']);
    expect(i.labels).toEqual([]);
    expect(of('jes', 'x * 3')[0]!.canonical).not.toBe(h.canonical);
    expect(of('jer', 'x * 2')[0]!.canonical).not.toBe(h.canonical);
    expect(of('jer', 'x * 3')[1]!.canonical).toBe(i.canonical);
    expect(of('jes', 'x * w')[0]!.columns).toEqual(['x', 'w']);
  });

  test('a region alone depends on that region only', () => {
    const of = (control: string) =>
      canonical(
        programOf(
          ['region', regions, { signal: 'n == 1', control }],
          ['h', hist, { x: 'n' }, 'region.signal'],
        ),
        'h/histogram',
      );
    expect(of('n == 2')).toBe(of('n == 0'));
  });

  test('constants by name, with those that are used', () => {
    const program = programOf(['f', define, { y: 'x * dataset.xsec' }], spectrum, ['n', hist, { x: 'n' }]);
    const info = analyse(program);
    expect(info.outputs['spectrum/histogram']!.constants).toEqual(['dataset.xsec']);
    expect(info.outputs['n/histogram']!.constants).toEqual([]);
    expect(canonical({ ...program, constants: { xsec: 7 } }, 'spectrum/histogram')).toBe(
      canonical(program, 'spectrum/histogram'),
    );
  });

  test('source columns, type and labels of each', () => {
    const program = programOf(
      ...base.slice(0, 4),
      ['region', regions, { s: 'n == 1', c: 'n == 2' }],
      spectrum,
      ['g', group, { agg: { n: 'count()' } }],
    );
    const { outputs } = analyse(program);
    expect(outputs['spectrum/histogram']).toMatchObject({
      type: 'histogram',
      columns: ['x', 'n', 'w'],
      labels: ['region'],
    });
    expect(outputs['g/table']).toMatchObject({ type: 'table', columns: ['x', 'n'], labels: ['region'] });
  });
});

describe('problems', () => {
  test('with their place in the step', () => {
    const program = programOf(
      ['cut', filter, 'y > 1'],
      ['h', hist, { x: { field: 'x' } }],
      ['i', hist, { x: { field: 'x', bins: [3, 5, 2] } }],
    );
    const { problems } = tableStream.analyse(program);
    expect(problems).toMatchObject([
      { step: 'cut/rows', path: ['expr'], span: [0, 1], message: "nothing is named 'y' here" },
      { step: 'h/histogram', path: ['fill', 'axes', 0, 'field'], help: 'bins: [n, low, high]' },
      { step: 'i/histogram', path: ['fill', 'axes', 0, 'bins'] },
    ]);
  });
});

describe('results', () => {
  const tasks: Task[] = [
    ['weights', weight, { w: { nominal: 'w', up: 'w * 2' } }],
    ['region', regions, { low: 'x < 1.5', all: 'True' }],
    ['h', hist, { x: { field: 'Jet.pt', bins: [3, 20, 50] } }],
    ['g', group, { by: ['n'], agg: { rows: 'count()', sumw: 'sumw()', most: 'max(x)' } }],
  ];

  test('labels: of the source, regions, the variation', async () => {
    const made = (await run(
      programOf(...tasks),
      'h/histogram',
      [0, 12],
      [{ dataset: 'a' }, { dataset: 'b' }],
    )) as Histogram;
    expect(made.axes.map((axis) => axis.name)).toEqual(['dataset', 'region', 'variation', 'Jet.pt']);
  });

  test('the same however the rows are cut', async () => {
    const whole = await run(programOf(...tasks), 'h/histogram');
    expect(await run(programOf(...tasks), 'h/histogram', [0, 1, 5, 12])).toEqual(whole);
    const rows = toRows((await run(programOf(...tasks), 'g/table')) as Table);
    expect(toRows((await run(programOf(...tasks), 'g/table', [0, 7, 12])) as Table)).toEqual(rows);
    expect(rows.filter((row) => row.region === 'all' && row.variation === 'nominal')).toMatchObject([
      { n: 0, rows: 4n, most: 2.25 },
      { n: 1, rows: 4n, most: 2.5 },
      { n: 2, rows: 4n, most: 2.75 },
    ]);
  });
});

describe('rows', () => {
  const program = (...tasks: Task[]) => {
    const made = programOf(...tasks);
    made.steps.push(tableStream.collect('rows', made.steps.at(-1)?.id ?? ''));
    return made;
  };

  test('all fields: those of the source, and those made', () => {
    const info = analyse(
      program(['f', define, { y: 'x * 2', 'Jet.hard': 'Jet.pt > 30' }], ['r', redefine, { x: 'x + 1' }]),
    );
    expect(info.outputs.rows!.schema).toEqual({
      ...schema,
      y: { kind: 'float64' },
      'Jet.hard': { kind: 'list', item: { kind: 'bool' }, counter: 'nJet' },
    });
  });

  test('after a projection: its fields alone', async () => {
    const made = program(
      ['p', project, { fields: { key: 'n', double: 'x * 2' } }],
      ['cut', filter, 'double > 4'],
    );
    expect(analyse(made).outputs.rows!.schema).toEqual({
      key: { kind: 'int32' },
      double: { kind: 'float64' },
    });
    expect(toRows((await run(made, 'rows')) as Table)).toEqual([
      { key: 0, double: 4.5 },
      { key: 1, double: 5 },
      { key: 2, double: 5.5 },
    ]);
  });

  test('some of them, as they come', async () => {
    const steps = [tableStream.collect('rows', '', ['n', 'Jet_pt'])];
    const work = await tableStream.start({ schema: schema as unknown as Json, steps }, ['rows'], context);
    expect(work.drain!('rows')).toBeUndefined();
    await work.push(table);
    const first = work.drain!('rows') as Table;
    expect(first.length).toBe(12);
    expect(Object.keys(first.columns)).toEqual(['n', 'Jet_pt']);
    expect(work.drain!('rows')).toBeUndefined();
    await work.push(table);
    expect((work.drain!('rows') as Table).length).toBe(12);
    expect(await work.finish()).toEqual({});
  });

  test('weights and their variations go with them', async () => {
    const made = program(
      ['one', weight, { a: 'w', b: { nominal: 'n + 1', up: 'n + 2' } }],
      ['p', project, { fields: { x: 'x' } }],
      ['two', weight, { c: 'x + 1' }],
    );
    const info = analyse(made);
    expect(Object.keys(info.outputs.rows!.schema as object)).toHaveLength(5);
    const rows = (await run(made, 'rows')) as Table;

    const below: StreamProgram = { schema: info.outputs.rows!.schema!, steps: [] };
    const fill: Task = ['h', hist, { x: { field: 'x', bins: [1, 0, 3] } }];
    below.steps.push(...programOf(fill).steps);
    expect(tableStream.analyse(below).outputs['h/histogram']).toMatchObject({ labels: ['variation'] });
    const work = await tableStream.start(below, ['h/histogram'], context);
    await work.push(rows);
    const bytes = (await work.finish())['h/histogram']!;
    const whole = (await tableStream.assemble(
      below.steps[0]!,
      [{ labels: {}, bytes }],
      ['variation'],
    )) as Histogram;
    const direct = programOf(
      ['one', weight, { a: 'w', b: { nominal: 'n + 1', up: 'n + 2' } }],
      ['two', weight, { c: 'x + 1' }],
      fill,
    );
    expect(whole).toEqual(await run(direct, 'h/histogram'));

    // And through a second one.
    const again: StreamProgram = {
      schema: info.outputs.rows!.schema!,
      steps: [...programOf(['three', weight, { d: '2' }]).steps, tableStream.collect('more', 'three/rows')],
    };
    expect(Object.keys(analyse(again).outputs.more!.schema as object)).toHaveLength(6);
  });

  test('regions and variations of fields do not silently get lost', async () => {
    const made = program(['region', regions, { low: 'x < 1', high: 'x >= 1' }]);
    const work = await tableStream.start(made, ['rows'], context);
    await work.push(table);
    expect(() => work.drain!('rows')).toThrow('regions do not pass through');
  });

  test('of a product', async () => {
    const { schema: types, read } = tableStream.rows(table);
    expect(types).toMatchObject({ x: { kind: 'float64' }, n: { kind: 'int32' } });
    const batches = [];
    for await (const { batch } of read(['n'])) batches.push(batch as Table);
    expect(batches.flatMap((batch) => toRows(batch).map((row) => row.n))).toEqual(
      toRows(table).map((row) => row.n),
    );
  });
});
