import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { type Console, testConsole } from './testing/console.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const pack = fileURLToPath(new URL('./testing/numbers.ts', import.meta.url));
const WORKFLOW = `
use: [${pack}]
defaults: [campaign: early, _self_]
cut: {above: 50, by: 1}
tasks:
  events: {range: {files: ["0..1000", "1000..3000"], batch: 100}}
  plus: {add: {by: "\${cut.by}"}}
  big: {keep: {above: "\${cut.above}"}}
  all: {sum: {scale: "\${campaign.scale}"}}
`;

function consoleWith(text = WORKFLOW): Console {
  const made = testConsole();
  folders.push(made.folder);
  writeFileSync(join(made.folder, 'flow.yaml'), text);
  mkdirSync(join(made.folder, 'conf/campaign'), { recursive: true });
  writeFileSync(join(made.folder, 'conf/campaign/early.yaml'), 'scale: 1\n');
  writeFileSync(join(made.folder, 'conf/campaign/late.yaml'), 'scale: 2\n');
  return made;
}

/** The folder of the last command's runs. */
function sweepOf({ folder }: Console): string {
  const base = join(folder, 'runs', 'flow');
  return join(base, readdirSync(base).sort().at(-1)!);
}

interface Result {
  number: number;
  overrides: string[];
  varied: Record<string, string>;
  outcome: string;
  earlier?: true;
  problems?: { code: string }[];
}
const multirun = async (c: Console, ...words: string[]) => {
  const { out, err, code } = await c.run('run', 'flow.yaml', '-m', '--json', '-q', '--no-report', ...words);
  return { results: out === '' ? [] : (JSON.parse(out) as Result[]), err, code };
};
const textOf = (...path: string[]) => readFileSync(join(...path), 'utf8');

describe('sweeps', () => {
  it('make numbered runs in one folder, with what they were asked for, and a table', async () => {
    const c = consoleWith();
    const { out, err, code } = await c.run(
      'run',
      'flow.yaml',
      '--multirun',
      'campaign=glob(*)',
      'cut.above=range(10,30,10)',
    );
    expect(code, err).toBe(0);
    const table = out.split('\n').map((line) => line.trim().split(/ {2,}/).slice(0, 4));
    expect(table.slice(0, 1)).toEqual([['job', 'campaign', 'cut.above', 'outcome']]);
    expect(table.slice(2, 6)).toEqual([
      ['0', 'early', '10', 'done'],
      ['1', 'early', '20', 'done'],
      ['2', 'late', '10', 'done'],
      ['3', 'late', '20', 'done'],
    ]);
    const sweep = sweepOf(c);
    expect(readdirSync(sweep).sort()).toEqual(['0', '1', '2', '3', 'jobs.json', 'multirun.yaml']);
    expect(textOf(sweep, '2/overrides.yaml')).toBe('- campaign=late\n- cut.above=10\n');
    expect(textOf(sweep, '2/config.yaml')).toMatch(
      /^campaign:\n {2}scale: 2\n[\s\S]*above: 10[\s\S]*above: \$\{cut\.above\}/,
    );
    expect(JSON.parse(textOf(sweep, '2/products/all.json'))['']).toMatchObject({ n: 2990 });
    expect(textOf(sweep, 'multirun.yaml')).toContain(
      'overrides:\n- campaign=glob(*)\n- cut.above=range(10,30,10)\n',
    );
    const runs = (await c.run('runs')).out;
    expect(runs).toMatch(/flow\/[\d_-]+\/0 {2,}done[\s\S]*\/3 {2,}done/);
    expect((await c.run('why', 'flow.yaml', 'all', '--run', runs.match(/flow\/\S+/)![0])).code).toBe(0);
  });

  it('go side by side with --zip', async () => {
    const c = consoleWith();
    const { results } = await multirun(c, 'cut.above=10,20', 'cut.by=3,4', '--zip', 'cut.above,cut.by');
    expect(results.map(({ varied }) => Object.values(varied).join())).toEqual(['10,3', '20,4']);
    const wrong = await multirun(c, 'cut.above=10,20', 'cut.by=3,4,5', '--zip', 'cut.above,cut.by');
    expect(wrong.code).toBe(2);
  });

  it('are refused as a whole before the first run where one of them cannot be composed', async () => {
    const c = consoleWith();
    for (const [word, message] of [
      ['campaign=early,lat', "did you mean 'late'"],
      ['cut.abve=1,2', "did you mean 'cut.above'? To add it, write +cut.abve=1"],
      ['cut.above=interval(1,2)', 'an interval cannot be enumerated'],
    ] as const) {
      const { out, err, code } = await c.run('run', 'flow.yaml', '-m', word);
      expect(err).toContain(message);
      expect([out, code]).toEqual(['', 2]);
    }
    expect((await c.run('run', 'flow.yaml', 'cut.above=1,2')).err).toContain('--multirun (-m)');
    expect(readdirSync(c.folder)).not.toContain('runs');
  });
});

describe('failures', () => {
  const failing = WORKFLOW.replace('keep: {above', 'refuse: {value');

  it('do not stop the other runs', async () => {
    const c = consoleWith(failing);
    const { results, code } = await multirun(c, 'cut.above=2000,5000');
    expect(results.map(({ outcome }) => outcome)).toEqual(['failed', 'done']);
    expect(code).toBe(1);
  });

  it('stop them with --fail-fast', async () => {
    const c = consoleWith(failing);
    const { results, code } = await multirun(c, 'cut.above=5000,2000,6000', '--fail-fast');
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'failed', 'not run']);
    expect(code).toBe(1);
    expect((await multirun(c, 'cut.above=1,2', '--fail-fast', '--keep-going')).code).toBe(2);
  });

  it('of input are told of the run they belong to', async () => {
    const c = consoleWith(
      WORKFLOW.replace('batch: 100', 'batch: 100}}\n  more: {needs: [], range: {files: ["0..5"]'),
    );
    const { results, err, code } = await multirun(c, '+run.backend=local,loca');
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'refused']);
    expect(results[1]!.problems).toHaveLength(1);
    expect(err).toContain("no back end 'loca'");
    expect(code).toBe(2);
  });
});

describe('resuming', () => {
  it('makes what is not done yet, under the same numbers', async () => {
    const c = consoleWith(WORKFLOW.replace('batch: 100', 'batch: 100, pause: 5'));
    c.interruptAt = (output) => (output.split('"run-start"')[2] ?? '').includes('"task-end"');
    const first = await c.run('run', 'flow.yaml', '-m', '--events', '--no-report', 'cut.by=range(1,5)');
    expect(first.code).toBe(130);
    const left = JSON.parse(textOf(sweepOf(c), 'jobs.json')) as Result[];
    expect(left.map(({ outcome }) => outcome)).toEqual(['done', 'interrupted', 'not run', 'not run']);
    expect(first.err).toContain('1 of 4 jobs done, in runs/flow/');
    expect(first.err).toContain('--resume runs/flow/');
    c.interruptAt = undefined;
    const { results, code } = await multirun(c, 'cut.by=range(1,5)', '--resume', 'last');
    expect(code).toBe(0);
    expect(results.map(({ number, outcome, earlier }) => [number, outcome, earlier])).toEqual([
      [0, 'done', true],
      [1, 'done', undefined],
      [2, 'done', undefined],
      [3, 'done', undefined],
    ]);
    expect(readdirSync(join(c.folder, 'runs/flow'))).toHaveLength(1);
    expect(textOf(sweepOf(c), '1/overrides.yaml')).toBe('- cut.by=2\n');
    expect(textOf(sweepOf(c), '1/events.jsonl').match(/"run-start"/g)).toHaveLength(1);
  });

  it('adds values at the end, makes again what changed, and refuses other numbers', async () => {
    const c = consoleWith();
    await multirun(c, 'cut.by=1,2');
    const more = await multirun(c, 'cut.by=1,2,3', '--resume', sweepOf(c));
    expect(more.results.map(({ earlier }) => earlier)).toEqual([true, true, undefined]);
    writeFileSync(join(c.folder, 'flow.yaml'), WORKFLOW.replace('above: 50', 'above: 60'));
    const changed = await multirun(c, 'cut.by=1,2', '--resume', 'last');
    expect(changed.results.map(({ earlier }) => earlier)).toEqual([undefined, undefined]);
    const other = await c.run('run', 'flow.yaml', '-m', 'cut.by=2,1', '--resume', 'last');
    expect(other.err).toContain("was made with 'cut.by=1', and would be 'cut.by=2' now");
    expect(other.code).toBe(2);
    expect((await c.run('run', 'flow.yaml', '--resume', 'last')).code).toBe(2);
    expect((await c.run('run', 'flow.yaml', '-m', '--resume', 'none')).err).toContain(
      'not the folder of a multirun',
    );
  });
});

it('keeps secrets out of what several runs share', async () => {
  const c = consoleWith(`
use: [${pack}]
secrets: [door.key]
door: {key: x}
tasks:
  events: {range: {files: ["0..1000"], batch: 100}}
  minus: {negate: {note: "\${door.key}"}}
`);
  const { code, err } = await multirun(c, 'door.key=swordfish,herring');
  expect(code, err).toBe(0);
  for (const name of ['multirun.yaml', 'jobs.json', '0/overrides.yaml', '0/config.yaml', '1/overrides.yaml'])
    expect(textOf(sweepOf(c), name), name).not.toMatch(/swordfish|herring/);
});
