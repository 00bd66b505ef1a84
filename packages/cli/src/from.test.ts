/** `run --from`, `plan --diff`, and `exec` on plans without secrets. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { testConsole } from './testing/console.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const pack = fileURLToPath(new URL('./testing/numbers.ts', import.meta.url));
const WORKFLOW = `
use: [${pack}]
above: 5
note: a
tasks:
  events: {range: {files: ["0..10"]}}
  first: {sum: {scale: 1}}
  minus: {negate: {note: "\${note}"}}
  big: {needs: [events], keep: {above: "\${above}"}}
  some: {sum: {scale: 1}}
  apart: {needs: [first], negate: {note: apart}}
`;

function consoleWith() {
  const made = testConsole();
  folders.push(made.folder);
  writeFileSync(join(made.folder, 'flow.yaml'), WORKFLOW);
  return made;
}

it('--from runs a task and what follows, with what is stored', async () => {
  const c = consoleWith();
  const early = await c.run('run', 'flow.yaml', '--from', 'minus');
  expect(early.code).toBe(2);
  expect(early.err).toContain('FLOW-R019');
  expect(early.err).toContain("--from minus needs stored results that are not there: 'first'");
  expect((await c.run('run', 'flow.yaml', '--only', 'first')).code).toBe(0);

  const minus = await c.run('run', 'flow.yaml', '--from', 'minus', 'note=b', '--json');
  expect(minus.code, minus.err).toBe(0);
  const summary = JSON.parse(minus.out) as { tasks: object; products: { name: string }[] };
  expect(summary.tasks).toMatchObject({ done: 1 });
  expect(summary.products.map(({ name }) => name)).toEqual(['first', 'minus']);

  // Rows are read again: they are no product.
  const big = await c.run('run', 'flow.yaml', '--from', 'big', '--json');
  expect((JSON.parse(big.out) as typeof summary).products.map(({ name }) => name)).toEqual(['some']);
  expect((await c.run('run', 'flow.yaml', '--from', 'bigg')).err).toContain(
    '--from bigg: no task of that name',
  );
});

it('plan --diff says what changed since a run', async () => {
  const c = consoleWith();
  expect((await c.run('plan', 'flow.yaml', '--diff')).code).toBe(2);
  await c.run('run', 'flow.yaml');
  expect((await c.run('plan', 'flow.yaml', '--diff')).out).toMatch(/^compared with .*\nno difference\n$/);
  const { out } = await c.run('plan', 'flow.yaml', 'above=6', '--diff');
  expect(out).toContain('~ big: argument above: 5 → 6');
  const json = JSON.parse((await c.run('plan', 'flow.yaml', 'above=6', '--diff', '--json')).out) as object;
  expect(json).toMatchObject({ changes: [{ node: 'big', what: 'argument', before: 5, after: 6 }] });
});

it('exec refuses a task whose secret is not in the plan, and runs the others', async () => {
  const c = consoleWith();
  writeFileSync(join(c.folder, 'flow.yaml'), WORKFLOW.replace('note: a', 'secrets: [note]\nnote: swordfish'));
  expect((await c.run('run', 'flow.yaml')).code).toBe(0);
  const base = join(c.folder, 'runs', 'flow');
  const plan = join(base, readdirSync(base)[0]!, 'plan.json');
  rmSync(join(c.folder, '.fasthep'), { recursive: true, force: true });
  const refused = await c.run('exec', plan, 'minus');
  expect(refused.code).not.toBe(0);
  expect(refused.err).toContain('FLOW-R020');
  expect(refused.err).toContain("task 'minus' needs the value of a secret");
  for (const task of ['events.rows', 'events.rows.finish', 'apart'])
    expect(await c.run('exec', plan, task)).toMatchObject({ code: 0 });
});
