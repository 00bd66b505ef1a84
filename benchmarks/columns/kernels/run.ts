/**
 * Kernels alone, without reading: `npx tsx --conditions=source benchmarks/columns/kernels/run.ts [EVENTS [PYTHON]]`.
 * With a Python that has awkward, vector and numba, the same kernels run there in the same go.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type HistPartial, startProgram } from '@fasthep/columns';
import { asTable, makeEvents, writeEvents } from './data.ts';
import { KERNELS } from './programs.ts';

interface Figure {
  seconds: number;
  sum: number;
}

const count = Number(process.argv[2] ?? 500_000);
const python = process.argv[3];
const events = makeEvents(count);
const { schema, table } = asTable(events);

function ours(name: string): Figure & { first: number } {
  const times: number[] = [];
  let sum = 0;
  for (let i = 0; i < 4; i++) {
    const start = performance.now();
    const run = startProgram({ schema, steps: KERNELS[name]! }, { engine: 'compiled' });
    run.push(table);
    const { histogram } = run.finish().out as HistPartial;
    times.push((performance.now() - start) / 1000);
    sum = histogram.values.reduce((a, b) => a + b, 0);
  }
  // The first time is cold: checking, compiling and warming up included.
  return { first: times[0]!, seconds: Math.min(...times.slice(1)), sum };
}

const results = Object.keys(KERNELS).map((name) => ({ name, ...ours(name) }));
let peers: Record<string, Record<string, Figure>> = {};
if (python !== undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'kernels-'));
  try {
    writeEvents(events, folder);
    const script = join(dirname(fileURLToPath(import.meta.url)), 'peers.py');
    peers = JSON.parse(execFileSync(python, [script, folder], { encoding: 'utf8' })) as typeof peers;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

console.log(`${count} events, seconds (best of 3; first: with checking and compiling)`);
for (const { name, first, seconds, sum } of results) {
  const others = Object.entries(peers[name] ?? {}).map(([peer, figure]) => {
    const same = figure.sum === sum ? '' : ` (sum ${figure.sum}, ours ${sum})`;
    return `${peer} ${figure.seconds.toFixed(4)} = ${(figure.seconds / seconds).toFixed(2)} x${same}`;
  });
  console.log(`${name.padEnd(14)} ${seconds.toFixed(4)}  first ${first.toFixed(4)}  ${others.join('  ')}`);
}
