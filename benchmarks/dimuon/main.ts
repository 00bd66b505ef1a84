/**
 * The whole process of the dimuon workflow (figures, report and all) beside the same analysis in uproot, awkward
 * and hist (numbers only), in turn. `npm run bench -- dimuon [RUNS]`
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pythonWith } from '../../packages/columns/testing/python.ts';

const project = resolve(import.meta.dirname, '../..');
const runs = Number(process.argv[2] ?? 7);
const bin = join(project, 'packages/cli/dist/bundle/bin.js');
const data = ['ww', 'zz'].map((name) => join(project, `examples/dimuon/data/${name}.root`));
const python = pythonWith(['uproot==5.7.7', 'awkward==2.14.0', 'hist==2.12.1', 'vector==1.9.0']);
if ('missing' in python) {
  console.log(`skipped: ${python.missing}`);
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), 'flow-bench-'));

/** Seconds from start to end of a process. */
function time(command: string, args: string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return (performance.now() - start) / 1000;
}

const ours = (extra: string[] = []) =>
  time(process.execPath, [bin, 'run', join(project, 'examples/dimuon/flow.yaml'), ...extra]);
const cold = () => {
  for (const name of ['.fasthep', 'runs']) rmSync(join(folder, name), { recursive: true, force: true });
  return ours();
};
const theirs = () => time(python.python, [join(project, 'benchmarks/dimuon/reference.py'), ...data]);

cold();
theirs();
const times: [number, number, number][] = [];
for (let i = 0; i < runs; i++) times.push([cold(), ours(), theirs()]);
rmSync(folder, { recursive: true, force: true });

const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const column = (k: 0 | 1 | 2) => median(times.map((row) => row[k]));
console.log(`whole process, median of ${runs}, seconds`);
console.log(`  fasthep-flow, nothing stored   ${column(0).toFixed(2)}`);
console.log(`  fasthep-flow, all stored       ${column(1).toFixed(2)}`);
console.log(`  uproot + awkward + hist        ${column(2).toFixed(2)}`);
const ratio = (k: 0 | 1) => median(times.map((row) => row[2] / row[k]));
console.log(`  ratio: ${ratio(0).toFixed(2)} times as fast, stored ${ratio(1).toFixed(2)} times`);
