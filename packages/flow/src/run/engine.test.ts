import { describe, expect, it } from 'vitest';
import { createRegistry } from '../registry/registry.ts';
import { memoryStore } from '../store/index.ts';
import { type NumbersPlan, numbersPlan, numbersPlugin, type Total } from '../testing/index.ts';
import type { Event, Plan, Store } from '../types/index.ts';
import { type EngineOptions, freshKeys, inProcess, missing, runPlan } from './index.ts';

const registry = createRegistry([numbersPlugin]);

async function run(plan: Plan, store: Store, options: Partial<EngineOptions> = {}) {
  const events: Event[] = [];
  for await (const event of runPlan(plan, store, {
    executor: () => inProcess(plan, store, registry),
    ...options,
  }))
    events.push(event);
  const ends = events.flatMap((event) => (event.type === 'task-end' ? [event] : []));
  const last = events.at(-1);
  return {
    events,
    ends,
    outcome: last?.type === 'run-end' ? last.outcome : undefined,
    of: (task: string) => ends.filter((event) => event.task === task).map(({ outcome }) => outcome),
    made: ends.filter(({ outcome }) => outcome === 'done').map(({ task }) => task),
  };
}

async function product(plan: Plan, store: Store, name: string) {
  const [bytes] = await store.get([plan.products.find((one) => one.name === name)!.key]);
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as Record<string, Total>);
}

const steps = [
  { id: 'plus', from: '', do: 'add', by: 1 },
  { id: 'big', from: 'plus', do: 'keep', above: 50 },
  { id: 'all', from: 'plus', do: 'sum' },
  { id: 'some', from: 'big', do: 'sum' },
];
const simple = (more: Partial<NumbersPlan> = {}) =>
  numbersPlan({ datasets: { a: ['0..100'], b: ['0..10', '10..60'] }, steps, sums: ['all', 'some'], ...more });
const sumOf = (from: number, to: number) => ({ sum: ((to - from) * (from + to - 1)) / 2, n: to - from });

describe('a run', () => {
  it('makes every product', async () => {
    const [plan, store] = [simple(), memoryStore()];
    const { outcome, made } = await run(plan, store);
    expect(outcome).toBe('done');
    expect(made).toEqual([
      'events.rows[0]',
      'events.rows[1]',
      'events.rows[2]',
      'events.rows.merge1',
      'events.rows.finish',
    ]);
    expect(await product(plan, store, 'all')).toEqual({ a: sumOf(1, 101), b: sumOf(1, 61) });
    expect(await product(plan, store, 'some')).toEqual({ a: sumOf(51, 101), b: sumOf(51, 61) });
  });

  it('leaves steps out for a dataset', async () => {
    const [plan, store] = [simple({ omit: { b: ['plus', 'some'] } }), memoryStore()];
    plan.families.forEach((family) => {
      if (family.kind === 'segment') family.outputs[1]!.templates[1] = '';
    });
    await run(plan, store);
    expect(await product(plan, store, 'all')).toEqual({ a: sumOf(1, 101), b: sumOf(0, 60) });
    expect(await product(plan, store, 'some')).toEqual({ a: sumOf(51, 101) });
  });

  it('does nothing a second time', async () => {
    const [plan, store] = [simple(), memoryStore()];
    await run(plan, store);
    const { events, made, of } = await run(JSON.parse(JSON.stringify(plan)) as Plan, store);
    expect(made).toEqual([]);
    expect(of('events.rows.finish')).toEqual(['reused']);
    expect(events[0]).toMatchObject({ type: 'run-start', tasks: 0, reused: 2 });
  });

  it('makes only what is missing, of what is there', async () => {
    const plan = simple({
      datasets: { a: Array.from({ length: 40 }, (_, i) => `${i}..${i + 1}`), b: ['0..9'] },
    });
    const store = memoryStore();
    await run(plan, store);
    const [all, some] = plan.products;
    await store.delete([some!.key]);
    expect((await missing(plan, store)).tasks).toEqual([
      { family: 'events.rows.finish', index: 0, outputs: ['some'] },
    ]);
    expect((await run(plan, store)).made).toEqual(['events.rows.finish']);

    const everything = memoryStore();
    await run(plan, everything);
    const kept = new Set([all!.key]);
    for await (const { key } of everything.list()) if (!kept.has(key)) await everything.delete([key]);
    const { tasks, reused } = await missing(plan, everything);
    expect(reused).toEqual([all]);
    expect(tasks.length).toBe(41 + 3 + 1 + 1);
    expect(tasks.every(({ outputs }) => outputs.join() === 'some')).toBe(true);
  });

  it('asks for one product only', async () => {
    const [plan, store] = [simple(), memoryStore()];
    await run(plan, store, { wanted: [plan.products[0]!] });
    expect(await product(plan, store, 'all')).toBeDefined();
    expect(await product(plan, store, 'some')).toBeUndefined();
  });

  it('runs operators on batches between two stages', async () => {
    const collect = { id: 'double.in', from: 'big', do: 'collect' };
    const plan = simple({
      steps: [...steps, collect],
      stages: [
        {
          from: {
            kind: 'batch',
            stage: 0,
            collect: collect.id,
            operator: 'numbers.double',
            semantics: 1,
            args: {},
          },
          steps: [{ id: 'doubled', from: '', do: 'sum' }],
        },
      ],
      sums: ['all', 'doubled'],
      source: { batch: 7 },
    });
    const store = memoryStore();
    await run(plan, store);
    const { sum, n } = sumOf(51, 101);
    expect((await product(plan, store, 'doubled'))?.a).toEqual({ sum: 2 * sum, n });
  });

  it('gives the same bytes for any partition order and repetition', async () => {
    const plan = simple({ datasets: { a: Array.from({ length: 300 }, (_, i) => `${i}..${i + 3}`) } });
    const bytes = async (shuffle: boolean) => {
      const store = memoryStore();
      const { tasks } = await missing(plan, store);
      const executor = inProcess(plan, store, registry);
      const segments = tasks.filter(({ family }) => family === 'events.rows');
      if (shuffle) {
        for (const item of [...segments].reverse()) await executor.run(item, { log() {} });
        await executor.run(segments[7]!, { log() {} });
      }
      await run(plan, store);
      return store.get(plan.products.map(({ key }) => key));
    };
    expect(await bytes(true)).toEqual(await bytes(false));
  });
});

it('50 random orders, with delays and double executions, give the same bytes', async () => {
  const plan = simple({
    datasets: { a: Array.from({ length: 40 }, (_, i) => `${i}..${i + 30}`), b: ['0..60', '5..9'] },
    singles: [
      { node: 'minus', operator: 'negate', reads: ['all'] },
      { node: 'plus2', operator: 'negate', reads: ['minus'], after: ['some'] },
    ],
  });
  const keys = plan.products.map(({ key }) => key);
  const alone = memoryStore();
  await run(plan, alone);
  const expected = await alone.get(keys);
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state / 2 ** 32;
  };
  const pause = () => new Promise((resolve) => setTimeout(resolve, random() * 3));
  for (let round = 0; round < 50; round++) {
    const store = memoryStore();
    const executor = {
      ...inProcess(plan, store, registry),
      slots: 1 + Math.floor(random() * 8),
      async run(...[item, attempt]: Parameters<ReturnType<typeof inProcess>['run']>) {
        const once = inProcess(plan, store, registry);
        await pause();
        const twice =
          random() < 0.3 ? [once.run(item, attempt), once.run(item, attempt)] : [once.run(item, attempt)];
        const [result] = await Promise.all(twice);
        await pause();
        return result!;
      },
    };
    expect((await run(plan, store, { executor: () => executor })).outcome).toBe('done');
    expect(await store.get(keys)).toEqual(expected);
  }
}, 60_000);

describe('single tasks', () => {
  const single = { node: 'minus', operator: 'negate', reads: ['all'] };

  it('read products and give others', async () => {
    const [plan, store] = [
      simple({ singles: [single, { node: 'plus2', operator: 'negate', reads: ['minus'] }] }),
      memoryStore(),
    ];
    const { made } = await run(plan, store);
    expect(made.slice(-3)).toEqual(['events.rows.finish', 'minus', 'plus2']);
    expect(await product(plan, store, 'plus2')).toEqual(await product(plan, store, 'all'));
    expect((await product(plan, store, 'minus'))?.a?.sum).toBe(-5050);
  });

  it('are decided by results', async () => {
    const nothing = { node: 'count', operator: 'nonce' };
    const singles = (when: string) => [
      nothing,
      { ...single, when },
      { node: 'next', operator: 'negate', reads: ['minus'] },
    ];
    for (const [when, outcomes] of [
      ['count.n > 0', ['done', 'done']],
      ['count.n > 1', ['skipped', 'skipped']],
      ['count.x > 1', ['failed', 'blocked']],
      ['count.n', ['failed', 'blocked']],
    ] as const) {
      const { of } = await run(simple({ singles: singles(when) }), memoryStore());
      expect([of('minus')[0], of('next')[0]], when).toEqual(outcomes);
    }
  });

  it('are decided by results and config together', async () => {
    for (const [quick, outcome] of [
      [false, 'done'],
      [true, 'skipped'],
    ] as const) {
      const given = { campaign: { quick } };
      const singles = [
        { node: 'count', operator: 'nonce' },
        { ...single, when: 'count.n > 0 and not campaign.quick', given },
      ];
      expect((await run(simple({ singles }), memoryStore())).of('minus')).toEqual([outcome]);
    }
  });

  it('are decided anew where their product is in the store', async () => {
    const store = memoryStore();
    const plan = (when: string) =>
      simple({
        singles: [
          { node: 'count', operator: 'nonce' },
          { ...single, when },
        ],
      });
    expect((await run(plan('count.n > 0'), store)).of('minus')).toEqual(['done']);
    expect((await run(plan('count.n > 5'), store)).of('minus')).toEqual(['skipped']);
    expect((await run(plan('count.n == 1'), store)).of('minus')).toEqual(['reused']);
  });

  it('that do not repeat are made in each run, with all that follows', async () => {
    const plan = simple({
      singles: [
        { node: 'count', operator: 'nonce' },
        { node: 'next', operator: 'negate', reads: ['count'] },
      ],
    });
    const store = memoryStore();
    const first = freshKeys(plan, registry, 'run 1');
    await run(first, store);
    const second = freshKeys(plan, registry, 'run 2');
    const { made } = await run(second, store);
    expect(made).toEqual(['count', 'next']);
    const [a, b] = [await product(first, store, 'next'), await product(second, store, 'next')];
    expect(b?.['']?.sum).toBe(a![''].sum - 1);
    expect(freshKeys(simple(), registry, 'run 1')).toEqual(simple());
  });
});

describe('failures', () => {
  const refusing = (more: Partial<NumbersPlan> = {}) =>
    simple({
      steps: [
        { id: 'no', from: '', do: 'refuse', value: 30 },
        ...steps.map((s) => (s.from === '' ? { ...s, from: 'no' } : s)),
      ],
      datasets: { a: ['0..10', '10..20'], b: ['20..40', '50..60'] },
      ...more,
    });

  it('block only what depends on them', async () => {
    const plan = refusing({
      singles: [
        { node: 'minus', operator: 'negate', reads: ['all'] },
        { node: 'other', operator: 'nonce' },
      ],
    });
    const store = memoryStore();
    const { ends, outcome, of } = await run(plan, store);
    expect(outcome).toBe('failed');
    expect(ends.find((end) => end.outcome === 'failed')).toMatchObject({
      task: 'events.rows[2]',
      error: { message: '30 is refused', where: { file: '20..40', dataset: 'b' } },
    });
    expect([of('events.rows[3]'), of('events.rows.merge1[0]'), of('other')]).toEqual([
      ['done'],
      ['done'],
      ['done'],
    ]);
    expect([of('events.rows.merge1[1]'), of('events.rows.finish'), of('minus')]).toEqual([
      ['blocked'],
      ['blocked'],
      ['blocked'],
    ]);
    expect((await missing(plan, store)).tasks.filter(({ family }) => family === 'events.rows').length).toBe(
      1,
    );
  });

  it('that are allowed leave the run fine', async () => {
    const singles = [
      { node: 'bad', operator: 'fail', control: { allow_failure: true } },
      { node: 'needs', operator: 'negate', reads: ['bad'] },
      { node: 'after', operator: 'nonce', after: ['bad'] },
      { node: 'may', operator: 'nonce', reads: ['bad'], optional: true },
    ];
    const { outcome, of } = await run(simple({ singles }), memoryStore());
    expect(outcome).toBe('done');
    expect(['bad', 'needs', 'after', 'may'].map((task) => of(task)[0])).toEqual([
      'failed',
      'skipped',
      'done',
      'done',
    ]);
  });

  it('that are allowed leave nothing behind that would pass for the whole', async () => {
    const singles = [
      { node: 'bad', operator: 'fail', control: { allow_failure: true } },
      { node: 'may', operator: 'nonce', reads: ['bad'], optional: true },
      { node: 'next', operator: 'negate', reads: ['may'] },
      { node: 'apart', operator: 'nonce' },
    ];
    const [plan, store] = [simple({ singles }), memoryStore()];
    const first = await run(plan, store);
    const second = await run(plan, store);
    for (const { of } of [first, second]) expect([of('may'), of('next')]).toEqual([['done'], ['done']]);
    expect(second.of('apart')).toEqual(['reused']);
  });

  it('stop the run at once where asked for', async () => {
    const { made } = await run(refusing({ singles: [{ node: 'other', operator: 'nonce' }] }), memoryStore(), {
      failFast: true,
    });
    expect(made).toEqual(['events.rows[0]', 'events.rows[1]', 'events.rows.merge1[0]']);
  });

  it('are tried again, by cause, with growing delays', async () => {
    const attempts = async (retry: unknown, cause: string) => {
      const singles = [
        { node: 'bad', operator: 'fail', args: { retry: cause }, control: { retry: retry as number } },
      ];
      const { events } = await run(simple({ sums: [], singles }), memoryStore());
      return events.flatMap((e) => (e.type === 'task-start' && e.task === 'bad' ? [e.time] : []));
    };
    expect((await attempts(2, 'none')).length).toBe(3);
    expect((await attempts({ max: 2, when: ['io'] }, 'none')).length).toBe(1);
    expect((await attempts(0, 'lost')).length).toBe(3);
    const times = await attempts({ max: 3, when: ['io'], delay: '20ms', backoff: 2 }, 'io');
    const gaps = times.slice(1).map((time, i) => time - times[i]!);
    expect(gaps.length).toBe(3);
    [20, 40, 80].forEach((gap, i) => {
      expect(gaps[i]).toBeGreaterThanOrEqual(gap - 2);
    });
  });

  it('of time end between two batches', async () => {
    const plan = simple({ source: { pause: 20, batch: 1 }, control: { timeout: '0.1s' } });
    const { ends } = await run(plan, memoryStore());
    expect(ends[0]).toMatchObject({ outcome: 'failed', error: { retry: 'timeout', code: 'FLOW-R006' } });
  });

  it('of the store are made good in the same run', async () => {
    const store = memoryStore();
    const plan = simple();
    await run(plan, store);
    // Says that it has everything but the product, and then has nothing.
    const forgetful: Store = {
      ...store,
      get: async (keys) => {
        const values = await store.get(keys);
        forgetful.get = store.get;
        await store.delete(keys);
        return values.map(() => undefined);
      },
    };
    await store.delete([plan.products[0]!.key]);
    const { outcome, of, events } = await run(plan, forgetful);
    expect(outcome).toBe('done');
    expect(of('events.rows.finish')).toEqual(['done']);
    expect(events.some((event) => event.type === 'log' && event.message.includes('made again'))).toBe(true);
    expect(await product(plan, store, 'all')).toEqual({ a: sumOf(1, 101), b: sumOf(1, 61) });
  });
});

describe('stopping', () => {
  it('drops what is at work and keeps what is done', async () => {
    const plan = simple({ source: { pause: 5, batch: 10 } });
    const store = memoryStore();
    const stop = new AbortController();
    const options = {
      signal: stop.signal,
      executor: () => {
        const executor = inProcess(plan, store, registry);
        return {
          ...executor,
          run: (item, attempt) => {
            if (item.index === 2) setTimeout(() => stop.abort(), 12);
            return executor.run(item, attempt);
          },
        } satisfies ReturnType<EngineOptions['executor']>;
      },
    };
    const { outcome, made } = await run(plan, store, options);
    expect(outcome).toBe('interrupted');
    expect(made).toEqual(['events.rows[0]', 'events.rows[1]']);
    const again = await run(plan, store);
    expect(again.made[0]).toBe('events.rows[2]');
    expect(await product(plan, store, 'all')).toEqual({ a: sumOf(1, 101), b: sumOf(1, 61) });
  });
});

it('schedules ten thousand tasks and their merge tree', async () => {
  const plan = simple({
    datasets: { a: Array.from({ length: 10_000 }, (_, i) => `${i}..${i + 1}`) },
    sums: ['all'],
  });
  const store = memoryStore();
  let tasks = 0;
  const executor = {
    slots: 4,
    run: async () => {
      tasks++;
      return { outcome: 'done' as const, made: [] };
    },
    close: async () => {},
  };
  await run(plan, store, { executor: () => executor });
  expect(tasks).toBe(10_000 + 625 + 39 + 3 + 1 + 1);
}, 60_000);
