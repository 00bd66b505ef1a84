/**
 * Whole processes of ADL benchmark queries beside uproot + awkward, in turn, on events that the benchmark makes.
 * `npm run bench -- adl [EVENTS] [RUNS]`
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pythonWith } from '../../packages/columns/testing/python.ts';

const project = resolve(import.meta.dirname, '../..');
const [events = 2_000_000, runs = 3] = process.argv.slice(2).map(Number);
const bin = join(project, 'packages/cli/dist/bundle/bin.js');
const found = pythonWith(['uproot==5.7.7', 'awkward==2.14.0', 'hist==2.12.1', 'vector==1.9.0']);
if ('missing' in found) {
  console.log(`skipped: ${found.missing}`);
  process.exit(0);
}
const { python } = found;
const data = join(tmpdir(), 'fasthep-flow-benchmark', `nano-${events}.root`);
mkdirSync(join(data, '..'), { recursive: true });
const here = (name: string) => join(import.meta.dirname, name);
if (!existsSync(data)) time(python, [here('make.py'), data, String(events)], tmpdir());

interface Measured {
  seconds: number;
  /** Peak resident memory in MB, where /usr/bin/time can tell. */
  memory: number;
}

function time(command: string, args: string[], cwd: string): Measured {
  const start = performance.now();
  const { status, stderr } = spawnSync('/usr/bin/time', ['-f', 'peak %M', command, ...args], {
    cwd,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return {
    seconds: (performance.now() - start) / 1000,
    memory: Number(/peak (\d+)/.exec(stderr)?.[1] ?? Number.NaN) / 1000,
  };
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const ratios: number[] = [];
console.log(`${events} events, whole process, median of ${runs}`);
console.log('query    ours [s]  awkward [s]  ratio   ours [MB]  awkward [MB]');
for (const query of ['q1', 'q4', 'q5', 'q6', 'q7', 'q8', 'zmumu']) {
  const pairs: [Measured, Measured][] = [];
  for (let i = 0; i < runs; i++) {
    const folder = mkdtempSync(join(tmpdir(), 'flow-adl-'));
    const ours = time(
      process.execPath,
      [bin, 'run', join(project, `examples/adl/${query}.yaml`), `data.path=${data}`],
      folder,
    );
    rmSync(folder, { recursive: true, force: true });
    pairs.push([ours, time(python, [here('reference.py'), query, data], tmpdir())]);
  }
  const ratio = median(pairs.map(([a, b]) => b.seconds / a.seconds));
  ratios.push(ratio);
  const shown = [
    query.padEnd(7),
    median(pairs.map(([a]) => a.seconds))
      .toFixed(2)
      .padStart(9),
    median(pairs.map(([, b]) => b.seconds))
      .toFixed(2)
      .padStart(12),
    ratio.toFixed(2).padStart(6),
    median(pairs.map(([a]) => a.memory))
      .toFixed(0)
      .padStart(11),
    median(pairs.map(([, b]) => b.memory))
      .toFixed(0)
      .padStart(13),
  ];
  console.log(shown.join(' '));
}
const mean = Math.exp(ratios.reduce((sum, one) => sum + Math.log(one), 0) / ratios.length);
console.log(`geometric mean: ${mean.toFixed(2)} times as fast`);
