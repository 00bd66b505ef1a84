/** `npm run -s conformance -- SUITE [--data DIR]... FILE|DIR...`: runs vector files, prints what fails. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Context, Outcome, Suite } from './types.ts';

const here = dirname(fileURLToPath(import.meta.url));
const project = dirname(here);

const names = readdirSync(join(here, 'suites'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => basename(file, '.ts'));

function usage(problem: string): never {
  console.error(`conformance: ${problem}`);
  console.error('usage: npm run -s conformance -- SUITE [--data DIR]... FILE|DIR...');
  console.error(`suites: ${names.join(', ')}`);
  process.exit(2);
}

const [suiteName, ...rest] = process.argv.slice(2);
if (!suiteName) usage('no suite given');
if (!names.includes(suiteName)) usage(`no suite '${suiteName}'`);

const data: string[] = [];
const paths: string[] = [];
while (rest.length > 0) {
  const word = rest.shift()!;
  if (word === '--data') data.push(resolve(rest.shift() ?? usage('--data needs a folder')));
  else paths.push(resolve(word));
}
if (paths.length === 0) usage('no file or folder given');

/** Folders of the project that hold copies of inputs, nearest to the tests first. */
const own = ['tests', 'examples']
  .map((folder) => join(project, folder))
  .filter((folder) => existsSync(folder));

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'runs' || entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else yield path;
  }
}

function contextFor(file: string): Context {
  return {
    find(name) {
      for (let folder = dirname(file); ; folder = dirname(folder)) {
        const path = join(folder, name);
        if (existsSync(path)) return path;
        if (folder === dirname(folder)) break;
      }
      for (const folder of data) {
        for (const path of [join(folder, name), join(folder, basename(name))])
          if (existsSync(path)) return path;
        for (const path of walk(folder)) if (basename(path) === basename(name)) return path;
      }
      for (const folder of own)
        for (const path of walk(folder)) if (basename(path) === basename(name)) return path;
      return undefined;
    },
  };
}

const { suite } = (await import(`./suites/${suiteName}.ts`)) as { suite: Suite };
const files = paths.flatMap((path) => {
  if (!existsSync(path)) usage(`no such file: ${path}`);
  return statSync(path).isDirectory() ? [...walk(path)].filter((file) => suite.accepts(file)).sort() : [path];
});

const outcomes: (Outcome & { file: string })[] = [];
for (const file of files) {
  for await (const outcome of suite.run(file, contextFor(file))) outcomes.push({ ...outcome, file });
}

const short = (value: unknown) => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text && text.length > 600 ? `${text.slice(0, 600)}…` : text;
};
for (const outcome of outcomes.filter((one) => one.status === 'failed')) {
  console.log(`FAILED ${basename(outcome.file)} ${outcome.id}`);
  if (outcome.expected !== undefined) console.log(`  expected ${short(outcome.expected)}`);
  if (outcome.got !== undefined) console.log(`  got      ${short(outcome.got)}`);
  if (outcome.reason) console.log(`  ${outcome.reason}`);
}
const skipped = new Map<string, string[]>();
for (const outcome of outcomes.filter((one) => one.status === 'skipped')) {
  const reason = outcome.reason ?? 'no reason given';
  skipped.set(reason, [...(skipped.get(reason) ?? []), outcome.id]);
}
for (const [reason, ids] of skipped) console.log(`SKIPPED ${ids.length}: ${reason}\n  ${ids.join(' ')}`);
const count = (status: Outcome['status']) => outcomes.filter((one) => one.status === status).length;
const total = count('skipped') > 0 ? `, ${count('skipped')} skipped` : '';
console.log(`${count('passed')} passed, ${count('failed')} failed${total}`);
process.exitCode = count('failed') > 0 || outcomes.length === 0 ? 1 : 0;
