/** The control flow of the manual, from the command line to the files. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { testConsole } from './testing/console.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const WORKFLOW = `
campaign: {year: 2018, quick: false, cuts: [20, 30]}
default: {retry: 1, timeout: 30m}
tasks:
  events:
    rules:
      - {if: campaign.quick, with: {rows: [0, 10]}}
      - if: campaign.year in [2017, 2018]
    read: {files: "sim_\${campaign.year}.csv"}
    retry: {max: 2, when: [io], delay: 5s, backoff: 2}
  scan:
    matrix: {pt: "\${campaign.cuts}", wp: [loose, tight]}
    filter: pt > \${matrix.pt} and id_\${matrix.wp} == 1
  counts: {group: {agg: {n: count()}}}
  summary: {needs: [counts], concat: {}}
  fit:
    block:
      precise: {needs: [summary], js: {call: "fits.mjs:profile"}}
    rescue:
      simple: {needs: [summary], js: {call: "fits.mjs:moments"}}
    always:
      log: {needs: [summary], write: fit_input.csv}
  check:
    assert: {that: [fit.chi2 / fit.ndof < 5], message: fit is poor}
    allow_failure: true
  notify: {when: on_failure, needs: [], shell: {run: echo failed > failed.txt, outputs: [failed.txt]}}
  publish:
    when: fit.valid and not campaign.quick
    tags: [never, publish]
    needs: [fit]
    write: result.json
`;

/** `profile` finds its minimum once there is a file `converges` beside it. */
const FITS = `
import { existsSync } from 'node:fs';
const converges = new URL('./converges', import.meta.url);
export const profile = ({ summary }) => {
  if (!existsSync(converges)) throw new Error('no minimum');
  return { chi2: 3, ndof: 4, valid: true, how: 'profile' };
};
export const moments = () => {
  if (existsSync(new URL('./broken', import.meta.url))) throw new Error('no moments');
  return { chi2: 90, ndof: 4, valid: true, how: 'moments' };
};
`;

function consoleWith() {
  const made = testConsole();
  folders.push(made.folder);
  const rows = Array.from({ length: 60 }, (_, pt) => `${pt},1,${pt % 2}`);
  writeFileSync(join(made.folder, 'sim_2018.csv'), `pt,id_loose,id_tight\n${rows.join('\n')}\n`);
  writeFileSync(join(made.folder, 'fits.mjs'), FITS);
  writeFileSync(join(made.folder, 'flow.yaml'), WORKFLOW);
  return made;
}

function lastRun(folder: string) {
  const base = join(folder, 'runs', 'flow');
  const path = join(base, readdirSync(base).sort().at(-1)!);
  const list = (at: string) => readdirSync(join(path, at));
  return {
    files: [...list('.'), ...list('products')],
    read: (name: string) => readFileSync(join(path, name), 'utf8'),
  };
}

it('rules, matrix, block, rescue, always, allow_failure, on_failure, when and tags', async () => {
  const c = consoleWith();
  const { code, err } = await c.run('run', 'flow.yaml');
  expect(code, err).toBe(0);
  expect(err).toContain(
    'warning[adapt.user-code]: fit.precise: fits.mjs:profile failed: no minimum (rescued by fit.simple)',
  );
  expect(err).toContain('fit.chi2 is 90 and fit.ndof is 4) (it is allowed to fail)');
  const first = lastRun(c.folder);
  expect(first.read('fit_input.csv')).toBe('pt,wp,n\n20,loose,39\n20,tight,20\n30,loose,29\n30,tight,15\n');
  expect(JSON.parse(first.read('products/fit.json'))).toMatchObject({ how: 'moments' });
  expect(first.files).not.toContain('failed.txt');
  expect(first.files).not.toContain('result.json');

  // What failed is tried again; all that follows from the rescue is reused.
  const second = await c.run('run', 'flow.yaml', '--tags', 'publish');
  expect(second.code, second.err).toBe(0);
  expect(JSON.parse(lastRun(c.folder).read('result.json'))).toMatchObject({ how: 'moments' });

  writeFileSync(join(c.folder, 'converges'), '');
  const third = await c.run('run', 'flow.yaml', '--tags', 'publish');
  expect(third.code, third.err).toBe(0);
  expect(third.err).not.toContain('warning');
  expect(JSON.parse(lastRun(c.folder).read('result.json'))).toMatchObject({ how: 'profile' });
  const fourth = await c.run('run', 'flow.yaml');
  expect(fourth.err).not.toContain('no minimum');
}, 60_000);

it('a rescue that fails too fails the run, and on_failure works', async () => {
  const c = consoleWith();
  writeFileSync(join(c.folder, 'broken'), '');
  const { code, err } = await c.run('run', 'flow.yaml');
  expect(code).toBe(1);
  expect(err).toContain("failed[FLOW-R017]: fit: neither 'fit.precise' nor 'fit.simple' was made");
  const { files, read } = lastRun(c.folder);
  expect(files).toContain('fit_input.csv');
  expect(read('failed.txt')).toBe('failed\n');
}, 60_000);
