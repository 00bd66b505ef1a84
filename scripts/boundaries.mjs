/**
 * Checks the house's walls: which package may import which (type-only imports included), no import circles
 * among files, `node:` only in folders named node/, files of one subject (at most 500 lines).
 * The classic cruisers need the compiler API that TypeScript 7 no longer has; imports are simple enough to read as text.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), '..');

/** Package → packages that it may import. */
const allowed = {
  expression: [],
  config: ['expression'],
  columns: ['expression'],
  root: ['columns'],
  flow: ['config', 'expression'],
  data: ['flow', 'columns', 'expression'],
  hep: ['flow', 'columns', 'expression', 'root', 'data'],
  render: ['flow', 'columns'],
  python: [],
  engines: ['flow', 'python'],
  adapters: ['flow', 'columns', 'expression', 'data', 'hep', 'python'],
  studio: ['expression', 'config', 'columns', 'root', 'flow', 'data', 'hep', 'render'],
  cli: [
    'expression',
    'config',
    'columns',
    'root',
    'flow',
    'data',
    'hep',
    'render',
    'python',
    'engines',
    'adapters',
    'studio',
  ],
};
/** These run in Node only. */
const nodeOnly = new Set(['python', 'engines', 'adapters', 'cli']);
const MOST_LINES = 500;

function* files(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) {
      if (name !== 'dist' && name !== 'node_modules' && name !== 'fixtures') yield* files(path);
    } else if (/\.(ts|mts|tsx)$/.test(name) && !name.endsWith('.d.ts')) yield path;
  }
}

const problems = [];
const graph = new Map();
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

for (const name of readdirSync(join(root, 'packages'))) {
  if (!(name in allowed)) {
    problems.push(`packages/${name}: not in the table of allowed imports`);
    continue;
  }
  const src = join(root, 'packages', name, 'src');
  const manifest = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
  for (const path of files(src)) {
    const text = readFileSync(path, 'utf8');
    const place = relative(root, path);
    const test = /\.test\.ts$/.test(path) || place.includes('/testing/');
    const lines = text.split('\n').length;
    if (lines > MOST_LINES && !test) problems.push(`${place}: ${lines} lines, at most ${MOST_LINES}`);
    const targets = [];
    for (const match of text.matchAll(IMPORT)) {
      const target = match[1] ?? match[2] ?? match[3];
      if (target.startsWith('.')) targets.push(resolve(dirname(path), target));
      else if (target.startsWith('node:')) {
        const inNode = place.split('/').includes('node') || place.split('/').includes('testing');
        if (!test && !inNode && !nodeOnly.has(name))
          problems.push(`${place}: imports ${target} outside a folder node/`);
      } else if (target.startsWith('@fasthep/')) {
        const other = target.split('/')[1];
        if (other === 'cli') problems.push(`${place}: nothing imports the command`);
        else if (!test && other !== name && !allowed[name].includes(other))
          problems.push(`${place}: ${name} must not import ${other}`);
        if (other === name) problems.push(`${place}: imports its own package by name`);
      } else if (!test) {
        const dependency = target.startsWith('@')
          ? target.split('/').slice(0, 2).join('/')
          : target.split('/')[0];
        const known = {
          ...manifest.dependencies,
          ...manifest.optionalDependencies,
          ...manifest.peerDependencies,
        };
        if (!(dependency in known))
          problems.push(`${place}: ${dependency} is not among the package's dependencies`);
      }
    }
    graph.set(path, targets);
  }
}

/** Circles: depth-first search, each reported once at the edge that closes it. */
const state = new Map();
function visit(path, trail) {
  state.set(path, 'open');
  for (const target of graph.get(path) ?? []) {
    if (!graph.has(target)) continue;
    if (state.get(target) === 'open') {
      const circle = [...trail.slice(trail.indexOf(target)), path, target].map((one) => relative(root, one));
      problems.push(`import circle: ${[...new Set(circle)].join(' → ')} → ${relative(root, target)}`);
    } else if (!state.has(target)) visit(target, [...trail, path]);
  }
  state.set(path, 'done');
}
for (const path of graph.keys()) if (!state.has(path)) visit(path, []);

for (const problem of problems) console.error(problem);
console.log(`boundaries: ${graph.size} files, ${problems.length} problem${problems.length === 1 ? '' : 's'}`);
process.exitCode = problems.length > 0 ? 1 : 0;
