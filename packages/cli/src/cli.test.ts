import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Event } from '@fasthep/flow';
import { afterAll, describe, expect, it } from 'vitest';
import { type Console, testConsole } from './testing/console.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Flow alone: the workflow is about numbers, and its pack lies beside this file. */
const pack = fileURLToPath(new URL('./testing/numbers.ts', import.meta.url));
const WORKFLOW = `
use: [${pack}]
cut: {above: 50}
tasks:
  events: {range: {files: ["0..1000", "1000..3000"], batch: 100}}
  plus: {add: {by: 1}}
  big: {keep: {above: "\${cut.above}"}}
  all: {sum: {scale: 1}}
  minus: {negate: {}}
`;

function consoleWith(text = WORKFLOW, options?: Parameters<typeof testConsole>[1]): Console {
  const made = testConsole(undefined, options);
  folders.push(made.folder);
  writeFileSync(join(made.folder, 'flow.yaml'), text);
  return made;
}

function lastRun({ folder }: Console): string {
  const base = join(folder, 'runs', 'flow');
  return join(base, readdirSync(base).sort().at(-1)!);
}

const json = (path: string, name: string) => JSON.parse(readFileSync(join(path, name), 'utf8'));
const journal = (path: string) =>
  readFileSync(join(path, 'events.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
const sum = (from: number, to: number) => ((to - from) * (from + to - 1)) / 2;

describe('run', () => {
  it('makes products, and everything that a run directory holds', async () => {
    const c = consoleWith();
    const { code, err } = await c.run('run', 'flow.yaml');
    expect(code, err).toBe(0);
    expect(err).toMatch(/done in .*: 5 tasks done, 3.00 k rows, 24.0 kB read\n2 files in runs\/flow\//);
    const run = lastRun(c);
    expect(json(run, 'products/all.json')).toEqual({ '': { sum: sum(51, 3001), n: 2950 } });
    expect(json(run, 'products/minus.json')).toEqual({ '': { sum: -sum(51, 3001), n: 2950 } });
    expect(
      json(run, 'products.json').map(({ name, files }: { name: string; files: string[] }) => [name, files]),
    ).toEqual([
      ['all', ['products/all.json']],
      ['minus', ['products/minus.json']],
    ]);
    expect(json(run, 'config.json')).toMatchObject({ value: { cut: { above: 50 } }, overrides: [] });
    expect(json(run, 'provenance.json')).toMatchObject({
      workflow: 'flow',
      command: ['fasthep-flow', 'run', 'flow.yaml'],
      outcome: 'done',
      rows: 3000,
      inputs: [
        { path: '0..1000', size: 1000 },
        { path: '1000..3000', size: 2000 },
      ],
    });
    for (const name of ['definition.json', 'facts.json', 'graph.json', 'plan.json', 'report.html']) {
      expect(existsSync(join(run, name)), name).toBe(true);
    }
    expect(readdirSync(run).filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(journal(run).at(0)).toMatchObject({ type: 'run-start', tasks: 5 });
    expect(journal(run).some(({ type }) => type === 'publish')).toBe(true);
  });

  it('reads nothing a second time, even without the run directory', async () => {
    const c = consoleWith();
    await c.run('run', 'flow.yaml');
    const first = readFileSync(join(lastRun(c), 'products/minus.json'));
    rmSync(join(c.folder, 'runs'), { recursive: true });
    const { code, err } = await c.run('run', 'flow.yaml');
    expect(code).toBe(0);
    expect(err).toContain('everything was cached, nothing read');
    expect(readFileSync(join(lastRun(c), 'products/minus.json'))).toEqual(first);
  });

  it('makes only what a change asks for', async () => {
    const c = consoleWith(`${WORKFLOW}  more: {needs: [big], sum: {scale: 2}}\n`);
    await c.run('run', 'flow.yaml');
    const renamed = consoleWith(`${WORKFLOW}  other: {needs: [plus], sum: {scale: 3}}\n`);
    cpSync(join(c.folder, '.fasthep'), join(renamed.folder, '.fasthep'), { recursive: true });
    await renamed.run('run', 'flow.yaml');
    const made = journal(lastRun(renamed)).flatMap((e) =>
      e.type === 'task-end' && e.outcome === 'done' ? e.made!.length : [],
    );
    // Two partitions, their sum, the product: of the new task only.
    expect(made).toEqual([1, 1, 1, 1]);
  });

  it('takes overrides', async () => {
    const c = consoleWith();
    const { code, err } = await c.run('run', 'flow.yaml', 'cut.above=2990', '--no-report');
    expect(code, err).toBe(0);
    expect(json(lastRun(c), 'products/all.json')).toEqual({ '': { sum: sum(2991, 3001), n: 10 } });
    expect(existsSync(join(lastRun(c), 'report.html'))).toBe(false);
    expect(json(lastRun(c), 'config.json').overrides).toEqual(['cut.above=2990']);
  });

  it('runs some tasks and what they need', async () => {
    const c = consoleWith();
    await c.run('run', 'flow.yaml', '--only', 'all');
    expect(existsSync(join(lastRun(c), 'products/minus.json'))).toBe(false);
    expect((await c.run('run', 'flow.yaml', '--only', 'alll')).code).toBe(2);
  });

  it('multiplies runs', async () => {
    const c = consoleWith();
    const { out, code } = await c.run(
      'run',
      'flow.yaml',
      '-m',
      '--json',
      'cut.above=10,range(20,40,10)',
      '-q',
    );
    expect(code, out).toBe(2);
    const done = await c.run('run', 'flow.yaml', '-m', '--json', 'cut.above=range(10,40,10)', '-q');
    const runs = JSON.parse(done.out) as { overrides: string[]; run: string; outcome: string }[];
    expect(runs.map(({ overrides }) => overrides.join())).toEqual([
      'cut.above=10',
      'cut.above=20',
      'cut.above=30',
    ]);
    expect(runs.map(({ run }) => json(run, 'products/all.json')[''].n)).toEqual([2990, 2980, 2970]);
    expect(new Set(runs.map(({ run }) => run.replace(/\d+$/, ''))).size).toBe(1);
    const shown = await c.run('run', 'flow.yaml', '-m', 'cut.above=1,2', '-q');
    expect(shown.out).toMatch(/job {2}cut.above {2}outcome.*0 {10,}1 {2}done.*1 {10,}2 {2}done/s);
  });

  it('writes JSON and nothing else to standard output', async () => {
    const c = consoleWith();
    const { out } = await c.run('run', 'flow.yaml', '--json');
    expect(JSON.parse(out)).toMatchObject({ outcome: 'done', tasks: { done: 5 }, rows: 3000 });
    const events = await c.run('run', 'flow.yaml', 'cut.above=7', '--events');
    const lines = events.out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as Event).type);
    expect(lines.at(0)).toBe('run-start');
    expect(lines.filter((type) => type === 'publish').length).toBe(2);
  });

  it('tells failures with place and cause, exits with 1, and goes on from there', async () => {
    const c = consoleWith(WORKFLOW.replace('keep: {above', 'refuse: {value'));
    const { code, err } = await c.run('run', 'flow.yaml', 'cut.above=2000');
    expect(code).toBe(1);
    expect(err).toContain('failed[FLOW-R001]: events.rows[1]: 2000 is refused\n   in file 1000..3000');
    expect(err).toContain('3 tasks that depend on these did not run');
    expect(err).not.toMatch(/at .*\.ts:\d+/);
    expect(json(lastRun(c), 'provenance.json').outcome).toBe('failed');
    expect(existsSync(join(lastRun(c), 'products/all.json'))).toBe(false);
  });

  it('stops at Ctrl-C, and goes on the next time', async () => {
    const slow = WORKFLOW.replace('batch: 100', 'batch: 100, pause: 10');
    const c = consoleWith(slow, {});
    c.interruptAt = (output) => output.includes('"task-end"');
    const { code, err } = await c.run('run', 'flow.yaml', '--events');
    expect(code).toBe(130);
    expect(err).toContain('run the same command again to go on');
    c.interruptAt = undefined;
    const next = await c.run('run', 'flow.yaml', '--json');
    expect(JSON.parse(next.out)).toMatchObject({ outcome: 'done', tasks: { done: 4 }, rows: 2000 });
  });

  it('recovers from a damaged store', async () => {
    const c = consoleWith();
    await c.run('run', 'flow.yaml');
    const first = readFileSync(join(lastRun(c), 'products/minus.json'));
    const packs = join(c.folder, '.fasthep/store/packs');
    for (const name of readdirSync(packs, { recursive: true }) as string[]) {
      if (!name.includes('/')) continue;
      const bytes = readFileSync(join(packs, name));
      bytes[0]! ^= 1;
      writeFileSync(join(packs, name), bytes);
    }
    const { code, err } = await c.run('run', 'flow.yaml');
    expect(code, err).toBe(0);
    expect(err).toContain('a stored result was changed and is made again');
    expect(readFileSync(join(lastRun(c), 'products/minus.json'))).toEqual(first);
    expect((await c.run('cache', 'verify')).code).toBe(0);
  });

  it('redraws on a terminal, at most ten times a second', async () => {
    const c = consoleWith(WORKFLOW.replace('batch: 100', 'batch: 10, pause: 1'), {
      terminal: true,
      env: { LANG: 'C.UTF-8' },
    });
    const start = Date.now();
    const { err } = await c.run('run', 'flow.yaml');
    const draws = err.split('\u001b[?7l').length - 1;
    expect(draws).toBeGreaterThan(2);
    // Ends of datasets and of the run are drawn at once.
    expect(draws).toBeLessThan((Date.now() - start) / 100 + 10);
    expect(err).toContain('100 %');
    expect(err).toMatch(/\d+ of 5 tasks/);
    const plain = consoleWith(WORKFLOW, { terminal: true, env: { NO_COLOR: '1', TERM: 'dumb' } });
    expect((await plain.run('run', 'flow.yaml')).err).not.toContain('\u001b');
  });

  it('keeps secrets out of every file', async () => {
    const text = WORKFLOW.replace(
      'cut: {above: 50}',
      'cut: {above: 50}\nsecrets: [door.key]\ndoor: {key: swordfish}',
    );
    const c = consoleWith(text.replace('minus: {negate: {}}', `minus: {negate: {note: "\${door.key}"}}`));
    const { code, err } = await c.run('run', 'flow.yaml', 'door.key=swordfish2');
    expect(code, err).toBe(0);
    const run = lastRun(c);
    const files = readdirSync(run, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.length).toBeGreaterThan(8);
    for (const { name, parentPath } of files)
      expect(readFileSync(join(parentPath, name), 'utf8'), name).not.toContain('swordfish');
  });
});

describe('wrong input', () => {
  const cases: [string, string[], string, RegExp][] = [
    ['a missing file', ['run', 'none.yaml'], WORKFLOW, /none\.yaml/],
    ['broken YAML', ['run', 'flow.yaml'], 'tasks: {a: [}', /error\[FLOW-C001\]/],
    [
      'an unknown operator',
      ['run', 'flow.yaml'],
      WORKFLOW.replace('keep:', 'kep:'),
      /kep[\s\S]*did you mean 'keep'/,
    ],
    ['an unknown key in an override', ['run', 'flow.yaml', 'cut.abve=3'], WORKFLOW, /cut\.abve/],
    [
      'a word that is no override',
      ['run', 'flow.yaml', 'cut.above'],
      WORKFLOW,
      /'cut\.above' is no override/,
    ],
    [
      'a pack that is not there',
      ['run', 'flow.yaml'],
      WORKFLOW.replace(pack, './gone.js'),
      /FLOW-U001[\s\S]*gone\.js/,
    ],
    ['an unknown back end', ['run', 'flow.yaml', '+run.backend=loca'], WORKFLOW, /no back end 'loca'/],
    ['an unknown key of config', ['config', 'flow.yaml', 'cut.abve'], WORKFLOW, /no key 'cut\.abve'/],
    ['an unknown code', ['explain', 'FLOW-Z999'], WORKFLOW, /FLOW-Z999/],
    ['an unknown command', ['rnu'], WORKFLOW, /run/],
    ['an unknown flag', ['run', '--jsno', 'flow.yaml'], WORKFLOW, /json/],
  ];
  for (const [name, words, text, message] of cases) {
    it(`${name} exits with 2, says what is wrong, and writes nothing`, async () => {
      const c = consoleWith(text);
      const { code, err, out } = await c.run(...words);
      expect(err).toMatch(message);
      expect(err).not.toMatch(/\n\s+at /);
      expect(out).toBe('');
      expect(code).toBe(2);
      expect(existsSync(join(c.folder, 'runs'))).toBe(false);
    });
  }

  it('is JSON where JSON was asked for', async () => {
    const c = consoleWith(WORKFLOW.replace('keep:', 'kep:'));
    const { out, code } = await c.run('plan', 'flow.yaml', '--json');
    expect(code).toBe(2);
    expect(JSON.parse(out).problems[0]).toMatchObject({
      origin: { line: 7 },
      help: expect.stringContaining('keep'),
    });
  });
});

describe('stages', () => {
  it('print themselves', async () => {
    const c = consoleWith();
    expect((await c.run('config', 'flow.yaml', 'cut.above', 'cut.above=7')).out).toMatch(
      /^cut\.above: 7 {4}# .*cut\.above=7\n.*flow\.yaml:3:/s,
    );
    expect((await c.run('config', 'flow.yaml')).out).toContain('cut:\n  above: 50');
    expect((await c.run('definition', 'flow.yaml')).out).toContain('big:\n    keep:\n      above: 50');
    expect((await c.run('graph', 'flow.yaml')).out).toContain('minus [numbers.negate]');
    for (const format of ['dot', 'mermaid', 'svg']) {
      expect((await c.run('graph', 'flow.yaml', '--format', format)).out, format).toContain('minus');
    }
    for (const stage of ['config', 'definition', 'graph', 'plan']) {
      expect(JSON.parse((await c.run(stage, 'flow.yaml', '--json')).out), stage).toBeTypeOf('object');
    }
    expect((await c.run('lint', 'flow.yaml')).code).toBe(0);
    expect((await c.run('explain', 'retry')).out).toContain('Further attempts after a failure');
    expect((await c.run('explain', 'FLOW-R006')).out).toContain('a timeout');
  });

  it('say what would run', async () => {
    const c = consoleWith();
    expect((await c.run('plan', 'flow.yaml')).out).toContain('5 to run, 0 products stored');
    expect((await c.run('plan', 'flow.yaml', '--exit-code')).code).toBe(4);
    await c.run('run', 'flow.yaml');
    const { out, code } = await c.run('plan', 'flow.yaml', '--exit-code');
    expect(out).toContain('0 to run, 2 products stored');
    expect(code).toBe(0);
  });
});

describe('explanations', () => {
  it('say why products are made or reused, and what is different between runs', async () => {
    const c = consoleWith();
    expect((await c.run('why', 'flow.yaml', 'all')).out).toBe('all: made: no such product before\n');
    await c.run('run', 'flow.yaml');
    expect((await c.run('why', 'flow.yaml', 'minus')).out).toContain(
      'minus: reused, nothing that it depends on changed',
    );
    const changed = await c.run('why', 'flow.yaml', 'minus', 'cut.above=70');
    expect(changed.out).toContain(
      'minus: made, because of what changed:\n  ~ big: argument above: 50 → 70\n',
    );
    expect((await c.run('why', 'flow.yaml', 'mius')).err).toContain("did you mean 'minus'");
    const first = lastRun(c);
    await c.run('run', 'flow.yaml', 'cut.above=70');
    expect((await c.run('diff', first, lastRun(c))).out).toBe('~ big: argument above: 50 → 70\n');
    expect((await c.run('diff', first, first)).out).toBe('no difference\n');
    expect((await c.run('diff', first, 'none')).code).toBe(2);
  });
});

describe('store and runs', () => {
  it('are looked after', async () => {
    const c = consoleWith();
    await c.run('run', 'flow.yaml');
    expect((await c.run('cache', 'ls')).out).toMatch(/: 5 results/);
    await c.run('cache', 'export', 'all.store');
    const other = consoleWith();
    expect((await other.run('cache', 'import', join(c.folder, 'all.store'))).out).toContain(
      '5 results taken',
    );
    expect((await other.run('run', 'flow.yaml')).err).toContain('everything was cached');
    expect((await c.run('cache', 'gc', '--max-size', '1B', '--dry-run')).out).toContain(
      '5 results would be removed',
    );
    expect((await c.run('cache', 'gc', '--max-size', '1B')).out).toContain('5 results removed');
    expect((await c.run('cache', 'gc', '--older-than', 'yesterday')).code).toBe(2);
    expect((await c.run('runs')).out).toMatch(/flow\/\d{4}.*done/);
    expect((await c.run('runs', readdirSync(join(c.folder, 'runs/flow'))[0]!)).out).toContain(
      'outcome   done',
    );
  });

  it('let any process run one task', async () => {
    const c = consoleWith();
    await c.run('run', 'flow.yaml');
    rmSync(join(c.folder, '.fasthep/store'), { recursive: true });
    const plan = join(lastRun(c), 'plan.json');
    const missing = await c.run('exec', plan, 'minus');
    expect(missing.code).not.toBe(0);
    expect(missing.err).toContain('not in the store any more');
    for (const task of [
      'events.rows[1]',
      'events.rows[0]',
      'events.rows.merge1',
      'events.rows.finish',
      'minus',
    ]) {
      const { code, out, err } = await c.run('exec', plan, task);
      expect(code, err).toBe(0);
      expect(out).toBe(`${task}: done\n`);
    }
    expect((await c.run('exec', plan, 'minus')).out).toBe('minus: reused\n');
    expect((await c.run('run', 'flow.yaml')).err).toContain('everything was cached');
    const wrong = await c.run('exec', plan, 'mius');
    expect(wrong.err).toContain("did you mean 'minus'");
  });

  it('write a report again from the folder alone', async () => {
    const c = consoleWith();
    await c.run('run', 'flow.yaml', '--no-report');
    expect((await c.run('report')).code).toBe(0);
    expect(readFileSync(join(lastRun(c), 'report.html'), 'utf8')).toContain('minus');
    mkdirSync(join(c.folder, 'empty'));
    expect((await c.run('report', 'empty')).code).toBe(2);
  });
});

it('init writes a workflow that can be checked, and never over a file', async () => {
  const c = consoleWith();
  const { code, out } = await c.run('init', 'new');
  expect(code).toBe(0);
  expect(out).toContain('fasthep-flow run new/flow.yaml');
  expect(readFileSync(join(c.folder, 'new/flow.yaml'), 'utf8')).toContain('yaml-language-server: $schema=');
  const schema = JSON.parse(readFileSync(join(c.folder, 'new/workflow.schema.json'), 'utf8'));
  expect(JSON.stringify(schema)).toContain('"hist":{');
  expect((await c.run('init', 'new')).code).toBe(2);
});

it('every command has help', async () => {
  const c = consoleWith();
  for (const command of [
    'run',
    'config',
    'definition',
    'graph',
    'plan',
    'why',
    'diff',
    'inspect',
    'lint',
    'init',
    'report',
    'explain',
    'schema',
    'cache',
    'runs',
    'exec',
  ]) {
    const { out, code } = await c.run(command, '--help');
    expect(code, command).toBe(0);
    expect(out, command).toContain('USAGE');
  }
});
