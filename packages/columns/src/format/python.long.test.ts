/** Files that we write, read by Apache Arrow (pyarrow). */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arbitraryTable } from '../../testing/arbitrary.ts';
import { pythonWith, runPython } from '../../testing/python.ts';
import {
  type Cell,
  columnFrom,
  dictionaryEncode,
  makeTable,
  type StringColumn,
  type Table,
  toRows,
} from '../table/index.ts';
import { arrowFormat, csvFormat, jsonlFormat, parquetFormat } from './index.ts';

const found = pythonWith(['pyarrow==26.0.1']);
const reason = 'missing' in found ? found.missing : '';
const python = 'python' in found ? found.python : '';

/** Rows of each file as JSON, floats by their bits and integers as text, so that nothing is lost on the way. */
const READ = `
import json, sys, struct
import pyarrow as pa, pyarrow.parquet as pq, pyarrow.csv as pc, pyarrow.json as pj
def plain(v):
    if isinstance(v, bool) or v is None or isinstance(v, str): return v
    if isinstance(v, int): return str(v)
    if isinstance(v, float): return "nan" if v != v else "f" + struct.pack(">d", v).hex()
    if isinstance(v, dict): return {k: plain(x) for k, x in v.items()}
    return [plain(x) for x in v]
def read(path):
    if path.endswith(".parquet"): return pq.read_table(path)
    if path.endswith(".csv"): return pc.read_csv(path, convert_options=pc.ConvertOptions(strings_can_be_null=True, quoted_strings_can_be_null=False))
    if path.endswith(".jsonl"): return pj.read_json(path)
    with pa.memory_map(path) as f: table = pa.ipc.open_file(f).read_all()
    table.validate(full=True)
    return table
out = []
for path in json.load(sys.stdin):
    table = read(path)
    out.append([plain(row) for row in table.to_pylist()])
json.dump(out, sys.stdout)
`;

const view = new DataView(new ArrayBuffer(8));
const plain = (value: Cell): unknown => {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return 'nan';
    view.setFloat64(0, value);
    return `f${view.getBigUint64(0).toString(16).padStart(16, '0')}`;
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
  return value;
};

/** Narrow integers are numbers here and integers there. */
function rowsOf(table: Table): unknown[] {
  const whole = (value: unknown): unknown => {
    if (typeof value === 'number') return BigInt(value);
    if (Array.isArray(value)) return value.map(whole);
    return value;
  };
  const columns = Object.entries(table.columns).filter(
    ([, column]) => column.kind === 'primitive' && /int/.test(column.type),
  );
  const integers = new Set(columns.map(([name]) => name));
  return toRows(table).map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        plain((integers.has(name) ? whole(value) : value) as Cell),
      ]),
    ),
  );
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'columns-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe.skipIf(reason)(`pyarrow${reason && ` (skipped: ${reason})`}`, () => {
  it('reads our Arrow and Parquet files', async () => {
    const flat = arbitraryTable({ depth: 0 });
    const deep = arbitraryTable({ kinds: ['int64', 'float64', 'string', 'bool'] });
    const samples = fc.sample(fc.oneof(flat, deep), { numRuns: 150, seed: 11 });
    const tables = samples.map((sample) => sample.table);
    const text = columnFrom(['a', null, 'b', 'a'], { kind: 'string', nullable: true }) as StringColumn;
    tables.push(makeTable({ s: dictionaryEncode(text) }));
    const paths: string[] = [];
    const expected: unknown[] = [];
    for (const [i, table] of tables.entries())
      for (const [extension, format] of [
        ['arrow', arrowFormat],
        ['parquet', parquetFormat],
      ] as const) {
        const path = join(folder, `${i}.${extension}`);
        await writeFile(path, await format.encode!(table, { rowGroupSize: 5, batchSize: 5 }));
        paths.push(path);
        expected.push(rowsOf(table));
      }
    const got = runPython(python, READ, JSON.stringify(paths)) as unknown[];
    paths.forEach((path, i) => {
      expect([path, got[i]]).toEqual([path, expected[i]]);
    });
  });

  it('reads our CSV and JSON lines', async () => {
    const table = makeTable({
      i: columnFrom([1, 2 ** 53, null], { kind: 'int64', nullable: true }),
      x: columnFrom([0.1, Infinity, -1e-300], { kind: 'float64' }),
      s: columnFrom(['a,"b"\n', '', null], { kind: 'string', nullable: true }),
      b: columnFrom([true, false, null], { kind: 'bool', nullable: true }),
    });
    const paths = [join(folder, 'x.csv'), join(folder, 'x.jsonl')];
    const { x: _, ...finite } = table.columns;
    await writeFile(paths[0]!, await csvFormat.encode!(table, {}));
    await writeFile(paths[1]!, await jsonlFormat.encode!(makeTable(finite), {}));
    const [csv, json] = runPython(python, READ, JSON.stringify(paths)) as unknown[];
    expect(csv).toEqual(rowsOf(table));
    expect(json).toEqual(rowsOf(makeTable(finite)));
  });
});
