/** The contract of a back end as tests: each one runs them, those of third parties too. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Backend,
  createRegistry,
  type Event,
  inProcess,
  type JsonObject,
  memoryStore,
  type Outcome,
  type Plan,
  planIndex,
  runPlan,
  type Store,
  taskName,
} from '@fasthep/flow';
import { fileStore } from '@fasthep/flow/node';
import { numbersPlugin, type Runner, type Skip } from '@fasthep/flow/testing';
import { faultsPlugin } from './faults.ts';
import { diamond, mapReduce, withFaults } from './plans.ts';

/** One back end under test. */
export interface BackendUnderTest {
  backend: Backend;
  /** Modules of the packs `numbers` and `faults`, as workers load them. */
  plugins: string[];
  settings?: JsonObject;
  /** Names of the tasks that the engine itself says it ran, from its own record; absent: it has none. */
  ran?(runDirectory: string): Promise<string[]> | string[];
  /** Ends the worker that has a task from outside, at once; absent: declare the gap. */
  killWorker?(runDirectory: string, task: string): Promise<void> | void;
  /** Seconds that the engine itself may take to start and to stop; 10 by default. */
  slack?: number;
  dispose?(): Promise<void>;
}

const registry = createRegistry([numbersPlugin, faultsPlugin]);

/** How one run went. */
interface Done {
  events: Event[];
  outcome: 'done' | 'failed' | 'interrupted' | undefined;
  directory: string;
  of(task: string): Outcome[];
  starts(task: string): number;
  made: string[];
}

/**
 * Tests of one back end. `make` is called once; a test that does not apply is named in `skip`, with the reason.
 *
 *     describeBackend({ describe, it }, 'mine', async () => ({ backend, plugins }), { skip: [] });
 */
export function describeBackend(
  runner: Runner & { afterAll?(act: () => Promise<void>): void },
  name: string,
  make: () => Promise<BackendUnderTest>,
  options: { skip?: Skip[] } = {},
): void {
  const skipped = new Set(options.skip?.flatMap(({ tests }) => tests));
  let made: Promise<BackendUnderTest> | undefined;
  const test = (title: string, body: (bench: Bench) => Promise<void>) => {
    if (skipped.has(title)) return;
    runner.it(title, async () => {
      made ??= make();
      const bench = new Bench(await made);
      try {
        await body(bench);
      } finally {
        bench.tidy();
      }
    });
  };
  runner.describe(`back end ${name}`, () => {
    runner.afterAll?.(async () => (await made)?.dispose?.());

    test('a map-reduce graph: the bytes of one thread, every task once', async (bench) => {
      const plan = mapReduce(20);
      const done = await bench.run(plan);
      equal(done.outcome, 'done', 'outcome');
      await bench.sameBytes(plan);
      const all = plan.families.flatMap((family) =>
        Array.from({ length: family.size }, (_, index) => taskName(family, index)),
      );
      equal([...done.made].sort(), all.sort(), 'tasks that were done');
      if (bench.under.ran) {
        const ran = await bench.under.ran(done.directory);
        equal([...new Set(ran)].sort(), all, "tasks in the engine's own record");
      }
    });

    test('a diamond', async (bench) => {
      const plan = diamond();
      const done = await bench.run(plan);
      equal(done.outcome, 'done', 'outcome');
      await bench.sameBytes(plan);
      const time = (task: string, type: Event['type']) =>
        done.events.find((event) => event.type === type && 'task' in event && event.task === task)!.time;
      for (const side of ['left', 'right'])
        ok(time(side, 'task-end') <= time('bottom', 'task-start'), `bottom began before ${side} ended`);
    });

    test('events: a start, progress, each task with start and end, an end', async (bench) => {
      const done = await bench.run(mapReduce(3, { source: { batch: 5, pause: 30 } }));
      const [first] = done.events;
      ok(first?.type === 'run-start' && first.tasks === 7, 'the first event tells how many tasks there are');
      equal(done.events.at(-1)?.type, 'run-end', 'last event');
      for (const task of done.made) {
        equal(done.of(task), ['done'], `ends of ${task}`);
        equal(done.starts(task), 1, `starts of ${task}`);
      }
      const progress = done.events.flatMap((event) => (event.type === 'progress' ? [event] : []));
      ok(progress.length > 0, 'there was no progress');
      ok(
        progress.every(({ rows, dataset }) => rows > 0 && (dataset === 'a' || dataset === 'b')),
        'progress says rows and dataset',
      );
      const ends = done.events.flatMap((event) =>
        event.type === 'task-end' && event.rows ? [event.rows] : [],
      );
      equal(
        ends.reduce((a, b) => a + b, 0),
        3 * 50 + 500,
        'rows in the ends of tasks',
      );
    });

    test('a failing task blocks only what depends on it', async (bench) => {
      const plan = mapReduce(3, {
        singles: [
          { node: 'bad', operator: 'fail', args: { note: 'x' }, reads: ['all'] },
          { node: 'after', operator: 'negate', args: { note: 'y' }, reads: ['bad'] },
          { node: 'later', operator: 'negate', args: { note: 'z' }, reads: ['after'] },
          { node: 'minus', operator: 'negate', reads: ['all'] },
        ],
      });
      const done = await bench.run(plan);
      equal(done.outcome, 'failed', 'outcome');
      equal(
        [done.of('bad'), done.of('after'), done.of('later'), done.of('minus')],
        [['failed'], ['blocked'], ['blocked'], ['done']],
        'outcomes',
      );
      const end = done.events.find((event) => event.type === 'task-end' && event.task === 'bad');
      ok(end?.type === 'task-end' && end.error?.message === 'it does not work', 'the error is told');
    });

    test('conditions and allowed failures decide about later tasks', async (bench) => {
      const plan = mapReduce(2, {
        singles: [
          {
            node: 'off',
            operator: 'negate',
            args: { note: 'off' },
            reads: ['all'],
            when: 'switch',
            given: { switch: false },
          },
          { node: 'unfed', operator: 'negate', args: { note: 'unfed' }, reads: ['off'] },
          { node: 'behind', operator: 'negate', args: { note: 'behind' }, reads: ['all'], after: ['off'] },
          {
            node: 'may',
            operator: 'fail',
            args: { note: 'may' },
            reads: ['all'],
            control: { allow_failure: true },
          },
          { node: 'without', operator: 'negate', args: { note: 'without' }, reads: ['may'] },
        ],
      });
      const done = await bench.run(plan);
      equal(done.outcome, 'done', 'outcome');
      const tasks = ['off', 'unfed', 'behind', 'may', 'without'];
      equal(tasks.flatMap(done.of), ['skipped', 'skipped', 'done', 'failed', 'skipped'], 'outcomes');
    });

    test('a rescue runs when what it guards failed, and makes good for it', async (bench) => {
      const plan = mapReduce(2, {
        singles: [
          { node: 'bad', operator: 'fail', reads: ['all'] },
          { node: 'saver', operator: 'negate', args: { note: 'saver' }, reads: ['all'] },
          { node: 'fine', operator: 'negate', args: { note: 'fine' }, reads: ['all'] },
          { node: 'idle', operator: 'negate', args: { note: 'idle' }, reads: ['all'] },
        ],
      });
      const rescues: Record<string, string> = { saver: 'bad', idle: 'fine' };
      for (const family of plan.families) {
        const task = rescues[family.id];
        if (task) family.guards = [{ when: 'failed', tasks: [task], rescue: true }];
      }
      const done = await bench.run(plan);
      const tasks = ['bad', 'saver', 'fine', 'idle'];
      equal(
        [done.outcome, tasks.flatMap(done.of)],
        ['done', ['failed', 'done', 'done', 'skipped']],
        'outcomes',
      );
      const end = done.events.at(-1);
      equal(end?.type === 'run-end' ? end.rescued : [], [{ task: 'bad', by: 'saver' }], 'rescued');
    });

    test('what was made without an optional input is made again with it', async (bench) => {
      const mark = bench.file('flaky');
      const plan = withFaults(
        [{ node: 'may', fault: 'flaky', args: { mark }, control: { allow_failure: true } }],
        [{ node: 'sum', operator: 'negate', reads: ['may'], optional: true }],
      );
      // Without its input there is nothing to negate: it gives an empty total.
      const first = await bench.run(plan);
      equal([first.of('may'), first.of('sum').length], [['failed'], 1], 'first run');
      const second = await bench.run(plan);
      equal([second.of('may'), second.of('sum')], [['done'], ['done']], 'second run');
      await bench.sameBytes(plan);
    });

    test('a task is tried again as its retry says', async (bench) => {
      const mark = bench.file('flaky');
      const flaky = (node: string, retry: number) => ({
        node,
        fault: 'flaky',
        args: { mark: `${mark}.${node}`, times: 2 },
        control: { retry },
      });
      const done = await bench.run(withFaults([flaky('enough', 2), flaky('few', 1)]));
      equal([done.of('enough'), done.of('few')], [['done'], ['failed']], 'outcomes');
      equal([done.starts('enough'), done.starts('few')], [3, 2], 'attempts');
      equal(
        [readFileSync(`${mark}.enough`, 'utf8'), readFileSync(`${mark}.few`, 'utf8')],
        ['xxx', 'xx'],
        'calls',
      );
    });

    test('a timeout stops the work', async (bench) => {
      const mark = bench.file('spin');
      const start = Date.now();
      const done = await bench.run(
        withFaults([{ node: 'bad', fault: 'spin', args: { mark }, control: { timeout: '1500ms' } }]),
      );
      ok(Date.now() - start < 20_000 + bench.slack, 'it took too long');
      equal([done.outcome, done.of('bad'), done.of('all')], ['failed', ['failed'], []], 'outcomes');
      const end = done.events.find((event) => event.type === 'task-end' && event.task === 'bad');
      ok(end?.type === 'task-end' && end.error?.code === 'FLOW-R006', 'the failure is a timeout');
    });

    test('a timeout stops the programs that a task started', async (bench) => {
      const mark = bench.file('spin');
      await bench.run(
        withFaults([{ node: 'bad', fault: 'spin', args: { mark }, control: { timeout: '1500ms' } }]),
      );
      const pid = Number(readFileSync(`${mark}.pid`, 'utf8'));
      ok(!isAlive(pid), `process ${pid} is still there`);
    });

    test('a worker that dies is replaced, and its task tried again', async (bench) => {
      const mark = bench.file('exit');
      const done = await bench.run(withFaults([{ node: 'bad', fault: 'exit', args: { mark } }]));
      equal([done.outcome, done.of('bad')], ['done', ['done']], 'outcomes');
      equal(readFileSync(mark, 'utf8'), 'xx', 'calls');
    });

    test('a worker that is killed from outside loses nothing', async (bench) => {
      const { killWorker } = bench.under;
      if (!killWorker) throw new Error("no 'killWorker' to test with: skip this test by name, with a reason");
      const mark = bench.file('hold');
      const plan = withFaults([{ node: 'held', fault: 'hold', args: { mark }, reads: ['all'] }]);
      let killed = false;
      const done = await bench.run(plan, {
        onEvent(event) {
          if (killed || event.type !== 'task-start' || event.task !== 'held') return;
          killed = true;
          writeFileSync(`${mark}.go`, '');
          void killWorker(bench.file('run1'), 'held');
        },
      });
      equal([done.outcome, done.of('held')], ['done', ['done']], 'outcomes');
      equal(readFileSync(mark, 'utf8'), 'xx', 'calls');
    });

    test('a task that kills each worker fails', async (bench) => {
      const mark = bench.file('exit');
      const done = await bench.run(withFaults([{ node: 'bad', fault: 'exit', args: { mark, times: 99 } }]));
      equal([done.outcome, done.of('bad')], ['failed', ['failed']], 'outcomes');
      const end = done.events.find((event) => event.type === 'task-end' && event.task === 'bad');
      ok(end?.type === 'task-end' && end.error?.retry === 'lost', 'the cause is told');
    });

    test('stops when it is told to, and goes on later', async (bench) => {
      const mark = bench.file('hold');
      const plan = withFaults([
        { node: 'held', fault: 'hold', args: { mark }, reads: ['all'] },
        { node: 'next', fault: 'slow', args: { mark: `${mark}.next`, milliseconds: 1 }, reads: ['held'] },
      ]);
      const stop = new AbortController();
      let told = 0;
      const done = await bench.run(plan, {
        signal: stop.signal,
        onEvent(event) {
          if (event.type !== 'task-start' || event.task !== 'held') return;
          told = Date.now();
          setTimeout(() => stop.abort(), 200);
        },
      });
      ok(told > 0 && Date.now() - told < 10_000 + bench.slack, 'it took too long to stop');
      equal([done.outcome, done.of('held'), done.of('next')], ['interrupted', [], []], 'outcomes');
      ok(done.made.includes('events.rows[0]'), 'what was done before is done');
      writeFileSync(`${mark}.go`, '');
      const again = await bench.run(plan);
      equal([again.outcome, [...again.made].sort()], ['done', ['held', 'next']], 'the second run');
    });

    test('the first failure stops the run where fail_fast says so', async (bench) => {
      const plan = mapReduce(2, {
        singles: [
          { node: 'bad', operator: 'fail', reads: ['all'] },
          { node: 'one', operator: 'negate', args: { note: '1' }, reads: ['bad'] },
        ],
      });
      const done = await bench.run(plan, { settings: { fail_fast: true } });
      equal([done.outcome, done.of('bad')], ['failed', ['failed']], 'outcomes');
      ok(!done.made.includes('one'), 'nothing more was done');
    });

    test('a second run does nothing; a third makes what was taken away', async (bench) => {
      const plan = mapReduce(5);
      await bench.run(plan);
      const second = await bench.run(plan);
      equal([second.outcome, second.made], ['done', []], 'second run');
      const minus = plan.products.find((product) => product.name === 'minus')!;
      await bench.store.delete([minus.key]);
      const third = await bench.run(plan);
      equal([third.outcome, third.made], ['done', ['minus']], 'third run');
      await bench.sameBytes(plan);
    });

    test('stored results that are damaged are made again', async (bench) => {
      const plan = mapReduce(3);
      await bench.run(plan);
      const minus = plan.products.find((product) => product.name === 'minus')!;
      await bench.store.delete([minus.key]);
      bench.damageStore();
      const again = await bench.run(plan);
      equal(again.outcome, 'done', 'outcome');
      ok(again.made.includes('minus') && again.made.includes('events.rows.finish'), 'made again');
      await bench.sameBytes(plan);
    });

    test('a thousand tasks', async (bench) => {
      const plan = mapReduce(1000);
      const done = await bench.run(plan);
      equal(done.outcome, 'done', 'outcome');
      equal(
        done.made.length,
        plan.families.reduce((sum, { size }) => sum + size, 0),
        'tasks done',
      );
      await bench.sameBytes(plan);
    });
  });
}

/** A folder with a store, and runs in it. */
class Bench {
  readonly under: BackendUnderTest;
  readonly folder = mkdtempSync(join(tmpdir(), 'backend-'));
  readonly store: Store = fileStore(join(this.folder, 'store'));
  #runs = 0;

  constructor(under: BackendUnderTest) {
    this.under = under;
  }

  /** Milliseconds that the engine may take for itself. */
  get slack(): number {
    return (this.under.slack ?? 10) * 1000;
  }

  file(name: string): string {
    return join(this.folder, name);
  }

  async run(
    plan: Plan,
    more: { settings?: JsonObject; signal?: AbortSignal; onEvent?(event: Event): void } = {},
  ): Promise<Done> {
    const directory = join(this.folder, `run${++this.#runs}`);
    const events: Event[] = [];
    const { backend, plugins } = this.under;
    const settings = { workers: 2, ...this.under.settings, ...more.settings };
    // As a run directory holds it: nothing of this process hangs on the plan.
    const copy = JSON.parse(JSON.stringify(plan)) as Plan;
    const store = fileStore(join(this.folder, 'store'));
    for await (const event of backend.run(copy, store, {
      registry,
      settings,
      plugins,
      signal: more.signal,
      runDirectory: directory,
    })) {
      events.push(event);
      more.onEvent?.(event);
    }
    const last = events.at(-1);
    const ends = events.flatMap((event) => (event.type === 'task-end' ? [event] : []));
    return {
      events,
      directory,
      outcome: last?.type === 'run-end' ? last.outcome : undefined,
      of: (task) => ends.filter((event) => event.task === task).map(({ outcome }) => outcome),
      starts: (task) => events.filter((event) => event.type === 'task-start' && event.task === task).length,
      made: ends.filter(({ outcome }) => outcome === 'done').map(({ task }) => task),
    };
  }

  /** The same bytes in the store as one thread makes. */
  async sameBytes(plan: Plan): Promise<void> {
    const alone = memoryStore();
    for await (const _ of runPlan(plan, alone, { executor: () => inProcess(plan, alone, registry) }));
    const keys = plan.products.map(({ key }) => key);
    const [expected, got] = [await alone.get(keys), await this.store.get(keys)];
    planIndex(plan).plan.products.forEach(({ name }, i) => {
      const [a, b] = [expected[i], got[i]];
      ok(
        a !== undefined && b !== undefined && Buffer.from(a).equals(Buffer.from(b)),
        `other bytes for ${name}`,
      );
    });
  }

  /** Changes a byte in each file of results. */
  damageStore(): void {
    for (const path of filesIn(join(this.folder, 'store'))) {
      if (!/\/(packs|objects)\//.test(path)) continue;
      const bytes = readFileSync(path);
      for (let at = 0; at < bytes.length; at++) bytes[at]! ^= 1;
      writeFileSync(path, bytes);
    }
  }

  tidy(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // One that nobody has waited for yet does nothing any more.
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return !existsSync('/proc');
  }
}

function ok(holds: boolean, message: string): void {
  if (!holds) throw new Error(message);
}

function equal(got: unknown, expected: unknown, what: string): void {
  const [a, b] = [JSON.stringify(got), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: expected ${b}, got ${a}`);
}
