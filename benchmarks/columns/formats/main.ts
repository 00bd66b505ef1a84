/**
 * Reading whole files beside pyarrow: `npm run bench -- columns/formats [ROWS]`. Both read the same files, which
 * pyarrow writes, all columns, best of five in one process; pyarrow with one thread and with as many as it likes.
 */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { arrowFormat, csvFormat, type FileFormat, parquetFormat } from '@fasthep/columns';
import { fileSource } from '@fasthep/columns/node';
import { pythonWith, runPython } from '../../../packages/columns/testing/python.ts';

const WRITE = `
import json, sys, os
import numpy as np, pyarrow as pa, pyarrow.parquet as pq, pyarrow.feather as feather, pyarrow.csv as pc
folder, n = json.load(sys.stdin)
rng = np.random.default_rng(1)
counts = rng.poisson(2.5, n)
offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
flat = pa.table({
    "run": rng.integers(270000, 280000, n), "event": rng.integers(2**53, 2**62, n),
    "met": rng.exponential(30, n), "weight": rng.normal(1, 0.1, n).round(4),
    "n": counts.astype(np.int32), "trigger": rng.random(n) > 0.3,
    "era": pa.array(np.array(["A", "B", "C", "D"])[rng.integers(0, 4, n)]),
})
jagged = flat
for name in ("pt", "eta"):
    values = pa.array(rng.exponential(25, offsets[-1]).astype(np.float32))
    jagged = jagged.append_column("Muon_" + name, pa.ListArray.from_arrays(pa.array(offsets), values))
pq.write_table(jagged, f"{folder}/snappy.parquet", compression="snappy", row_group_size=131072)
pq.write_table(jagged, f"{folder}/zstd.parquet", compression="zstd", row_group_size=131072)
pq.write_table(jagged, f"{folder}/plain.parquet", compression="none", use_dictionary=False, row_group_size=131072)
feather.write_feather(jagged, f"{folder}/plain.arrow", compression="uncompressed", chunksize=131072)
feather.write_feather(jagged, f"{folder}/lz4.arrow", compression="lz4", chunksize=131072)
pc.write_csv(flat, f"{folder}/flat.csv")
print("null")
`;

const READ = `
import json, sys, time
import pyarrow as pa, pyarrow.parquet as pq, pyarrow.csv as pc
def read(path, threads):
    if path.endswith(".parquet"): return pq.read_table(path, use_threads=threads)
    if path.endswith(".csv"): return pc.read_csv(path, read_options=pc.ReadOptions(use_threads=threads))
    with pa.OSFile(path) as f: return pa.ipc.open_file(f, options=pa.ipc.IpcReadOptions(use_threads=threads)).read_all()
out = []
for path in json.load(sys.stdin):
    times = []
    for threads in (False, True):
        best = 1e9
        for _ in range(5):
            start = time.perf_counter(); read(path, threads); best = min(best, time.perf_counter() - start)
        times.append(best)
    out.append(times)
json.dump(out, sys.stdout)
`;

async function readAll(format: FileFormat, path: string): Promise<number> {
  const reader = await format.open(await fileSource(path), {});
  let rows = 0;
  const names = Object.keys(reader.schema);
  for (const [i, start] of reader.clusters.entries())
    rows += (await reader.read(names, start, reader.clusters[i + 1] ?? reader.entries)).length;
  await reader.close();
  return rows;
}

const rows = Number(process.argv[2] ?? 1_000_000);
const found = pythonWith(['pyarrow==26.0.1', 'numpy==2.4.6']);
if ('missing' in found) {
  console.error(`cannot compare: ${found.missing}`);
  process.exit(1);
}
const folder = join(tmpdir(), `fasthep-bench-formats-${rows}`);
if (!existsSync(join(folder, 'flat.csv'))) {
  mkdirSync(folder, { recursive: true });
  runPython(found.python, WRITE, JSON.stringify([folder, rows]));
}
const files: [string, FileFormat][] = [
  ['snappy.parquet', parquetFormat],
  ['zstd.parquet', parquetFormat],
  ['plain.parquet', parquetFormat],
  ['plain.arrow', arrowFormat],
  ['lz4.arrow', arrowFormat],
  ['flat.csv', csvFormat],
];
const paths = files.map(([name]) => join(folder, name));
const theirs = runPython(found.python, READ, JSON.stringify(paths)) as [number, number][];
console.log(`${rows} rows, node ${process.version}; seconds, and ours : pyarrow (below 1 we are faster)`);
console.log('file             MB      ours    MB/s  pyarrow×1   ratio  pyarrow×n   ratio');
for (const [i, [name, format]] of files.entries()) {
  let best = Number.POSITIVE_INFINITY;
  for (let k = 0; k < 5; k++) {
    const start = performance.now();
    if ((await readAll(format, paths[i]!)) !== rows) throw new Error(`${name}: wrong number of rows`);
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  const size = statSync(paths[i]!).size / 1e6;
  const [one, many] = theirs[i]!;
  const cells = [
    size.toFixed(1),
    best.toFixed(3),
    (size / best).toFixed(0),
    one.toFixed(3),
    (best / one).toFixed(2),
    many.toFixed(3),
    (best / many).toFixed(2),
  ];
  const widths = [7, 9, 7, 10, 7, 10, 7];
  console.log(name.padEnd(15) + cells.map((cell, k) => cell.padStart(widths[k]!)).join(' '));
}
