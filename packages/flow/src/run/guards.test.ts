/** Blocks, rescues and `when` on outcomes, from the workflow to the products. */
import { composeFile, memoryFiles } from '@fasthep/config';
import { describe, expect, it } from 'vitest';
import { corePlugin } from '../core/plugin.ts';
import { readSyntax } from '../core/read-syntax.ts';
import { interpret } from '../interpret/interpret.ts';
import { makePlan } from '../plan/plan.ts';
import { createRegistry } from '../registry/registry.ts';
import { memoryStore } from '../store/index.ts';
import { survey } from '../survey/survey.ts';
import { numbersPlugin, type Total } from '../testing/index.ts';
import type { Event, Json, Plan, Plugin, Store } from '../types/index.ts';
import { freshKeys, inProcess, productFiles, runPlan } from './index.ts';

/** What the operator `shaky` does: it is out of order until this is true. */
let works = false;
const shaky: Plugin = {
  name: 'shaky',
  operators: [
    {
      name: 'shaky',
      semantics: 1,
      doc: 'Passes a total on, when it works.',
      parameters: { type: 'object', properties: {} },
      inputs: { in: { type: 'any' } },
      outputs: { out: { type: 'total' } },
      run: {
        kind: 'whole',
        apply(_, inputs) {
          if (!works) throw new Error('out of order');
          return { out: inputs.in![0]!.value };
        },
      },
    },
    {
      name: 'tell',
      semantics: 1,
      doc: 'Says something, anew in each run.',
      parameters: { type: 'object', properties: {} },
      inputs: { in: { type: 'any', optional: true } },
      outputs: { out: { type: 'total' } },
      pure: false,
      run: { kind: 'whole', apply: (_, { in: of = [] }) => ({ out: { '': { sum: of.length, n: 1 } } }) },
    },
  ],
};
const registry = createRegistry([corePlugin, numbersPlugin, shaky]);
const json = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

async function planned(yaml: string) {
  const config = composeFile('flow.yaml', { files: memoryFiles({ 'flow.yaml': yaml }), late: ['matrix'] });
  const { definition, problems } = readSyntax(config, registry);
  const { facts } = await survey(definition, registry, { resolve: (path) => path });
  const made = interpret(definition, facts, registry);
  const all = [...problems, ...made.problems];
  if (all.length > 0) return { problems: all };
  return { plan: json(makePlan(json(made.graph), facts, registry)), problems: all };
}

async function run(yaml: string, store: Store = memoryStore(), nonce = '1') {
  const { plan: bare, problems } = await planned(yaml);
  expect(problems).toEqual([]);
  const plan = freshKeys(bare!, registry, nonce);
  const events: Event[] = [];
  for await (const event of runPlan(plan, store, { executor: () => inProcess(plan, store, registry) }))
    events.push(event);
  const end = events.at(-1);
  if (end?.type !== 'run-end') throw new Error('no end');
  const ends = new Map(events.flatMap((event) => (event.type === 'task-end' ? [[event.task, event]] : [])));
  const outcomes = Object.fromEntries([...ends].map(([task, { outcome }]) => [task, outcome]));
  return { plan, store, end, ends, outcomes, files: await files(plan, store, outcomes) };
}

async function files(plan: Plan, store: Store, outcomes: Record<string, string>) {
  const made: Record<string, Json> = {};
  const there = ({ task }: { task: string }) => ['done', 'reused', undefined].includes(outcomes[task]);
  for await (const { name, bytes } of productFiles(plan, store, registry, there))
    made[name.replace('products/', '').replace('.json', '')] = JSON.parse(
      new TextDecoder().decode(bytes),
    ) as Json;
  return made;
}

const sum = (n: number): Record<string, Total> => ({ '': { sum: n, n: 1 } });
const FIT = `
tasks:
  events: {range: {files: [0..1, 7..8]}}
  all: {sum: 1}
  big: {keep: 5}
  fit:
    block:
      precise: {needs: [all], shaky: {}}
    rescue:
      simple: {sum: 1}
  minus: {needs: [fit], negate: {}}
`;

describe('a block with a rescue', () => {
  it('that fails: the rescue takes its place, and the run is fine', async () => {
    works = false;
    const { end, outcomes, files } = await run(FIT);
    expect(end).toMatchObject({ outcome: 'done', rescued: [{ task: 'fit.precise' }] });
    expect(outcomes).toMatchObject({ 'fit.precise': 'failed', minus: 'done' });
    expect(files).toEqual({
      all: { '': { sum: 7, n: 2 } },
      fit: sum(7),
      'fit.simple': sum(7),
      minus: sum(-7),
    });
  });

  it('that does not fail: nothing of the rescue is made', async () => {
    works = true;
    const { end, outcomes, files } = await run(FIT);
    expect(end).not.toHaveProperty('rescued');
    expect(outcomes['events.rows@fit.rescue']).toBeUndefined();
    expect(outcomes).toMatchObject({ 'fit.precise': 'done', minus: 'done' });
    expect(Object.keys(files).sort()).toEqual(['all', 'fit', 'fit.precise', 'minus']);
    expect(files.minus).toEqual({ '': { sum: -7, n: 2 } });
  });

  it('is tried again in each run; what follows the same choice is reused, and another choice makes it anew', async () => {
    works = false;
    const first = await run(FIT);
    const second = await run(FIT, first.store);
    expect(second.end).toMatchObject({ outcome: 'done' });
    expect(second.outcomes).toMatchObject({ 'fit.precise': 'failed', minus: 'reused' });
    expect(second.files).toEqual(first.files);
    works = true;
    const third = await run(FIT, first.store);
    expect(third.outcomes).toMatchObject({ 'fit.precise': 'done', minus: 'done' });
    expect(third.files).toMatchObject({ fit: { '': { sum: 7, n: 2 } }, minus: { '': { sum: -7, n: 2 } } });
    const fourth = await run(FIT, first.store);
    expect(Object.values(fourth.outcomes).every((outcome) => outcome === 'reused')).toBe(true);
    expect(fourth.files.minus).toEqual(third.files.minus);
    works = false;
    await first.store.delete([third.plan.products.find(({ name }) => name === 'fit.precise')!.key]);
    expect((await run(FIT, first.store)).files.minus).toEqual(sum(-7));
  });

  it('whose rescue fails too fails the run, and blocks who reads it', async () => {
    works = false;
    const { end, outcomes, ends } = await run(
      FIT.replace('simple: {sum: 1}', 'simple: {needs: [all], fail: {}}'),
    );
    expect(end).toMatchObject({ outcome: 'failed' });
    expect(outcomes).toMatchObject({ 'fit.simple': 'failed', fit: 'failed', minus: 'blocked' });
    expect(ends.get('fit')?.error).toMatchObject({
      code: 'FLOW-R017',
      message: "neither 'fit.precise' nor 'fit.simple' was made",
    });
  });

  it('catches failures of its own rows, and only these', async () => {
    const yaml = (where: string) => `
tasks:
  events: {range: {files: [0..10]}}
${where === 'above' ? '  odd: {refuse: 3}\n' : ''}
  fit:
    block:
      odd: {refuse: 4}
      precise: {sum: 1}
    rescue:
      simple: {sum: 1}
  other: {needs: [events], sum: 1}
`;
    const inside = await run(yaml('inside'));
    expect(inside.end).toMatchObject({ outcome: 'done', rescued: [{ task: 'events.rows@fit' }] });
    expect(inside.files.fit).toEqual({ '': { sum: 45, n: 10 } });
    const above = await run(yaml('above'));
    expect(above.end).toMatchObject({ outcome: 'failed' });
    expect(above.files).toEqual({ other: { '': { sum: 45, n: 10 } } });
  });

  it('says in the rescue what failed', async () => {
    works = false;
    const rescue = (when: string) => FIT.replace('simple: {sum: 1}', `simple: {when: "${when}", sum: 1}`);
    const right = "error.task == 'fit.precise' and error.message == 'out of order'";
    expect((await run(rescue(right))).files.minus).toEqual(sum(-7));
    const wrong = await run(rescue("error.message == 'no memory'"));
    expect(wrong.end).toMatchObject({ outcome: 'failed' });
    expect(wrong.files).toEqual({ all: { '': { sum: 7, n: 2 } } });
  });

  it('with a matrix rescues each instance by itself', async () => {
    works = false;
    const { end, files } = await run(`
tasks:
  events: {range: {files: [0..10]}}
  all: {sum: 1}
  fit:
    matrix: {above: [3, 6]}
    block:
      precise: {needs: [all], shaky: {}}
    rescue:
      cut: {needs: [events], keep: "\${matrix.above}"}
      simple: {sum: 1}
`);
    expect(end).toMatchObject({ outcome: 'done' });
    expect(files).toMatchObject({ 'fit-3': { '': { sum: 39 } }, 'fit-6': { '': { sum: 24 } } });
  });

  it('must give the same type in both', async () => {
    const { problems } = await planned(FIT.replace('simple: {sum: 1}', 'simple: {keep: 3}'));
    expect(problems).toMatchObject([{ code: 'FLOW-K005', message: /./ }]);
    expect(problems[0]!.message).toBe("block 'fit' gives a total, and its rescue rows");
  });

  it('nested in a rescue works where that one does', async () => {
    works = false;
    const { end, files } = await run(`
tasks:
  events: {range: {files: [0..10]}}
  all: {sum: 1}
  fit:
    block:
      precise: {needs: [all], shaky: {}}
    rescue:
      again:
        block: {other: {needs: [all], shaky: {}}}
        rescue: {last: {needs: [all], negate: {}}}
`);
    expect(end).toMatchObject({ outcome: 'done' });
    expect(files.fit).toEqual({ '': { sum: -45, n: 10 } });
  });
});

describe('always', () => {
  it.each([true, false])('works after a block that succeeds: %s', async (ok) => {
    works = ok;
    const { end, outcomes } = await run(`
tasks:
  events: {range: {files: [0..10]}}
  all: {sum: 1}
  fit:
    block: {precise: {needs: [all], shaky: {}}}
    always:
      log: {needs: [all], negate: {}}
      rows: {sum: 1}
      mine: {needs: [precise], negate: {}}
`);
    expect(end).toMatchObject({ outcome: ok ? 'done' : 'failed' });
    expect(outcomes).toMatchObject({
      'fit.log': 'done',
      'events.rows@fit.always.finish': expect.stringMatching(/done|reused/),
      'fit.mine': ok ? 'done' : 'skipped',
    });
  });
});

describe('when on outcomes', () => {
  const notify = (when: string, rest = '') => `
tasks:
  events: {range: {files: [0..10]}}
  all: {sum: 1}
  first: {shaky: {}}
  next: {negate: {}}
  told: {when: ${when}, needs: [], tell: {}}
${rest}`;

  it('on_failure: after a failure anywhere, not else', async () => {
    works = false;
    expect((await run(notify('on_failure'))).outcomes).toMatchObject({ next: 'blocked', told: 'done' });
    works = true;
    const { outcomes, end } = await run(notify('on_failure'));
    expect(outcomes).toMatchObject({ next: 'done', told: 'skipped' });
    expect(end.outcome).toBe('done');
  });

  it('always: whatever became of the others', async () => {
    for (const ok of [true, false]) {
      works = ok;
      const { outcomes, end } = await run(notify('always'));
      expect(outcomes).toMatchObject({ told: 'done' });
      expect(end.outcome).toBe(ok ? 'done' : 'failed');
    }
  });

  it('with needs, of these and what is before them', async () => {
    works = false;
    const yaml = notify(
      'never',
      '  mine: {when: on_failure, needs: [next], tell: {}}\n  mute: {when: on_failure, needs: [all], tell: {}}\n',
    );
    expect((await run(yaml)).outcomes).toMatchObject({ first: 'failed', mine: 'done', mute: 'skipped' });
    works = true;
    expect((await run(yaml)).outcomes).toMatchObject({ mine: 'skipped', mute: 'skipped' });
  });

  it('a failure that may be, or was made good for, is none', async () => {
    works = false;
    const allowed = notify('on_failure').replace('first: {', 'first: {allow_failure: true, ');
    expect((await run(allowed)).outcomes).toMatchObject({ first: 'failed', told: 'skipped' });
    const { end, outcomes } = await run(`${FIT}  told: {when: on_failure, needs: [], tell: {}}\n`);
    expect(end.outcome).toBe('done');
    expect(outcomes.told).toBe('skipped');
  });

  it('on a result decides about products of rows, not about rows', async () => {
    const yaml = (when: string, operator = 'sum: 1') => `
tasks:
  events: {range: {files: [0..10]}}
  all: {sum: 1}
  late: {when: ${when}, needs: [events], ${operator}}
`;
    const store = memoryStore();
    expect((await run(yaml('all.n == 10'), store)).files).toHaveProperty('late');
    const skipped = await run(yaml('all.n < 10'), store);
    expect(skipped.files).not.toHaveProperty('late');
    expect(skipped.outcomes).toMatchObject({ 'events.rows@late.finish': 'skipped' });
    expect((await planned(yaml('all.n == 10', 'keep: 3'))).problems).toMatchObject([{ code: 'FLOW-W008' }]);
    expect((await planned(yaml('on_failure', 'keep: 3'))).problems).toMatchObject([{ code: 'FLOW-W008' }]);
  });
});

describe('check', () => {
  const yaml = (sumCheck: string, minusCheck: string) => `
tasks:
  events: {range: {files: [0..10]}}
  all: {sum: 1${sumCheck}}
  minus: {negate: {}${minusCheck}}
  more: {negate: {}}
`;

  it('fails the task, with a code of its own, and blocks what reads it', async () => {
    const ok = await run(yaml(', check: n == 10', ', check: {that: [sum < 0, n > 5]}'));
    expect(ok.end.outcome).toBe('done');
    const rows = await run(yaml(', check: n == 11', ''));
    expect(rows.end.outcome).toBe('failed');
    expect(rows.ends.get('events.rows.finish')?.error).toMatchObject({
      code: 'FLOW-R018',
      message: "the check of 'all' does not hold: n == 11 (n is 10)",
    });
    expect(rows.outcomes.minus).toBe('blocked');
    const whole = await run(yaml('', ', check: sum > 0'));
    expect(whole.outcomes).toMatchObject({ minus: 'failed', more: 'blocked' });
    expect(Object.keys(whole.files)).toEqual(['all']);
  });

  it('looks at what is stored too, and leaves keys alone', async () => {
    const store = memoryStore();
    const first = await run(yaml('', ''), store);
    const second = await run(yaml(', check: n == 10', ', check: sum > 0'), store);
    expect(second.plan.products.map(({ key }) => key)).toEqual(first.plan.products.map(({ key }) => key));
    expect(second.end.outcome).toBe('failed');
    expect(second.outcomes).toMatchObject({ minus: 'failed', more: 'reused' });
    expect((await run(yaml(', check: n == 11', ''), store)).end.outcome).toBe('failed');
    const warns = await run(yaml('', ', check: {that: sum > 0, level: warn}'), store);
    expect(warns.end.outcome).toBe('done');
  });

  it('is refused where there are no fields, and read before anything runs', async () => {
    const rows = yaml('', '').replace('  all:', '  big: {keep: 3, check: n > 3}\n  all:');
    expect((await planned(rows)).problems).toMatchObject([
      { code: 'FLOW-K011', message: "task 'big' gives rows, which a 'check' cannot look at" },
    ]);
    expect((await planned(yaml(', check: n >', ''))).problems).toMatchObject([
      { code: 'FLOW-W001', origin: { line: 4 } },
    ]);
  });
});
