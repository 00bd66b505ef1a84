/**
 * `npm run bench -- root [ROUNDS]`: the same branches of the same files, read by this package and by uproot in
 * turn. Prints medians in milliseconds, and how many times faster we are.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Column } from '@fasthep/columns';
import { build } from 'esbuild';
import { startReference } from './python.ts';

type Shipped = typeof import('@fasthep/columns/node') & typeof import('@fasthep/root');

/** The packages as they are shipped: in one file, without what a development runner puts around functions. */
async function shipped(folder: string): Promise<Shipped> {
  const outfile = join(folder, 'shipped.mjs');
  await build({
    stdin: {
      contents: "export * from '@fasthep/columns/node'; export * from '@fasthep/root';",
      resolveDir: process.cwd(),
    },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    conditions: ['source'],
    logLevel: 'error',
  });
  return (await import(pathToFileURL(outfile).href)) as Shipped;
}

const rounds = Number(process.argv[2] ?? 9);
const events = 1_000_000;
const columns = ['nMuon', 'Muon_pt', 'MET_pt'];
const folder = join(tmpdir(), `fasthep-bench-root-${events}`);

interface Timing {
  wall: number;
  cpu: number;
  sums: Record<string, number>;
}

async function ours(path: string): Promise<Timing> {
  const start = performance.now();
  const used = process.cpuUsage();
  const source = await openSource(path);
  const reader = await rootFormat.open(source, { table: 'Events' });
  const table = await reader.read(columns, 0, reader.entries);
  await source.close();
  const { user, system } = process.cpuUsage(used);
  const wall = performance.now() - start;
  const sums = Object.fromEntries(columns.map((name) => [name, sumOf(table.columns[name]!)]));
  return { wall, cpu: (user + system) / 1000, sums };
}

function sumOf(column: Column): number {
  const numbers = column.kind === 'list' ? column.content : column;
  if (numbers.kind !== 'primitive') throw new Error('no numbers');
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += Number(numbers.values[i]);
  return sum;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}

mkdirSync(folder, { recursive: true });
const { openSource, rootFormat } = await shipped(folder);
const reference = startReference();
if (!existsSync(join(folder, 'ready'))) {
  console.error(`making files in ${folder} …`);
  await reference.ask({ do: 'make', folder, events });
  writeFileSync(join(folder, 'ready'), '');
}
console.log(`${events} events, ${columns.join(' + ')}; medians of ${rounds} rounds in ms (CPU, wall)`);
console.log('file              ours      uproot     CPU ratio  wall ratio');
for (const name of [
  'zlib-100000',
  'zlib-2000',
  'lz4-100000',
  'lz4-2000',
  'zstd-100000',
  'zstd-2000',
  'lzma-100000',
  'none-100000',
  'none-2000',
]) {
  const path = join(folder, `${name}.root`);
  const a: Timing[] = [];
  const b: Timing[] = [];
  for (let round = 0; round <= rounds; round++) {
    const first = await ours(path);
    const second = (await reference.ask({ do: 'read', path, columns })) as unknown as Timing;
    for (const column of columns)
      if (Math.abs(first.sums[column]! / second.sums[column]! - 1) > 1e-4)
        throw new Error(`${name} ${column}: ${first.sums[column]} instead of ${second.sums[column]}`);
    // The first round warms both up.
    if (round > 0) {
      a.push(first);
      b.push(second);
    }
  }
  const [cpu, wall] = [median(a.map((one) => one.cpu)), median(a.map((one) => one.wall))];
  const [cpu2, wall2] = [median(b.map((one) => one.cpu)), median(b.map((one) => one.wall))];
  const cell = (x: number, y: number) => `${x.toFixed(0)} ${y.toFixed(0)}`.padEnd(11);
  console.log(
    `${name.padEnd(17)} ${cell(cpu, wall)}${cell(cpu2, wall2)}${(cpu2 / cpu).toFixed(2).padStart(9)}${(wall2 / wall).toFixed(2).padStart(12)}`,
  );
}
reference.close();
