import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Event } from '@fasthep/flow';
import { fileStore } from '@fasthep/flow/node';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** The built command: these tests kill whole processes. */
const bin = fileURLToPath(new URL('../dist/bundle/bin.js', import.meta.url));
const packs = fileURLToPath(new URL('../../flow/dist/bundle/testing/index.js', import.meta.url));
const base = mkdtempSync(join(tmpdir(), 'kill-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const FILES = Array.from({ length: 40 }, (_, i) => `${i * 10}..${i * 10 + 500}`);
const WORKFLOW = `
use: [./numbers.mjs]
tasks:
  events: {range: {files: ${JSON.stringify(FILES)}, batch: 100, pause: 1}}
  all: {sum: {scale: 1}}
  minus: {negate: {}}
  big: {needs: [events], keep: {above: 400}}
  some: {sum: {scale: 1}}
`;

function folder(name: string): string {
  const path = join(base, name);
  mkdirSync(path, { recursive: true });
  writeFileSync(
    join(path, 'numbers.mjs'),
    `export { numbersPlugin as default } from ${JSON.stringify(packs)};\n`,
  );
  writeFileSync(join(path, 'flow.yaml'), WORKFLOW);
  return path;
}

const words = (...more: string[]) => [bin, 'run', 'flow.yaml', '--json', '-q', '--no-report', ...more];
const finish = (cwd: string, ...more: string[]) => {
  const done = spawnSync(process.execPath, words(...more), { cwd, encoding: 'utf8' });
  expect(done.status, done.stderr).toBe(0);
  const { run } = JSON.parse(done.stdout) as { run: string };
  const events = readFileSync(join(run, 'events.jsonl'), 'utf8').trim().split('\n');
  const made = events.flatMap((line) => {
    const event = JSON.parse(line) as Event;
    return event.type === 'task-end' ? (event.made ?? []) : [];
  });
  const products = ['all.json', 'minus.json', 'some.json'].map((name) =>
    readFileSync(join(run, 'products', name), 'utf8'),
  );
  return { run, made, products };
};
const stored = async (cwd: string) => {
  const keys = new Set<string>();
  const store = fileStore(join(cwd, '.fasthep/store'));
  for await (const { key } of store.list()) keys.add(key);
  return keys;
};

let expected: string[];
beforeAll(() => {
  expected = finish(folder('whole')).products;
}, 60_000);

it('a run that is killed 200 times at any moment ends with the same bytes and computes nothing twice', async () => {
  let killed = 0;
  let state = 12345;
  const random = () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state / 2 ** 32;
  };
  for (let round = 0; killed < 200; round++) {
    const cwd = folder(`killed-${round}`);
    const workers = round % 2 === 0 ? [] : ['--workers', '2'];
    for (let kill = 0; kill < 8; kill++) {
      const child = spawn(process.execPath, words(...workers), { cwd, stdio: 'ignore' });
      const ended = new Promise<NodeJS.Signals | null>((resolve) =>
        child.on('exit', (_, signal) => resolve(signal)),
      );
      setTimeout(() => child.kill('SIGKILL'), 80 + 350 * random());
      if ((await ended) === 'SIGKILL') killed++;
    }
    const before = await stored(cwd);
    const { products, made } = finish(cwd, ...workers);
    expect(products).toEqual(expected);
    expect(made.filter((key) => before.has(key))).toEqual([]);
    const runs = readdirSync(join(cwd, 'runs/flow'), { recursive: true }) as string[];
    for (const name of runs.filter((path) => path.endsWith('.json') && !path.includes('.part'))) {
      JSON.parse(readFileSync(join(cwd, 'runs/flow', name), 'utf8'));
    }
    rmSync(cwd, { recursive: true });
  }
}, 600_000);

it('two runs at once on one store end with the same bytes', async () => {
  const cwd = folder('shared');
  const both = await Promise.all(
    [0, 1].map(
      () =>
        new Promise<number | null>((resolve) => {
          spawn(process.execPath, words(), { cwd, stdio: 'ignore' }).on('exit', resolve);
        }),
    ),
  );
  expect(both).toEqual([0, 0]);
  const { products, made } = finish(cwd);
  expect(made).toEqual([]);
  expect(products).toEqual(expected);
}, 60_000);

it('Ctrl-C ends with 130 and nothing half-written', async () => {
  const cwd = folder('interrupted');
  const child = spawn(process.execPath, words(), { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  let err = '';
  child.stderr.on('data', (text) => {
    err += text;
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  // Once something is stored, the run is at work.
  while (!existsSync(join(cwd, '.fasthep/store/packs')))
    await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(err).toContain('run the same command again');
  expect(err).not.toMatch(/\n\s+at /);
  expect(finish(cwd).products).toEqual(expected);
}, 60_000);
