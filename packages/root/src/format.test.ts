import { type ByteSource, memorySource, type TableReader } from '@fasthep/columns';
import { describe, expect, it } from 'vitest';
import { findKey } from './file/directory.ts';
import { openFile } from './file/open.ts';
import { rootFormat } from './format.ts';
import { readObject, readRecord } from './object/read.ts';
import { vector } from './testing/vectors.ts';
import { openTree, streamersOf } from './tree/open.ts';

const open = (name: string, table?: string) =>
  rootFormat.open(memorySource(name, vector(name)), table === undefined ? {} : { table });

/** Notes which bytes are read. */
function counting(source: ByteSource): ByteSource & { ranges: [number, number][] } {
  const ranges: [number, number][] = [];
  return {
    name: source.name,
    size: source.size,
    ranges,
    read(start, stop, signal) {
      ranges.push([start, stop]);
      return source.read(start, stop, signal);
    },
    close: () => source.close(),
  };
}

async function inParts(reader: TableReader, names: string[], cuts: number[]) {
  const parts = [];
  for (let i = 0; i + 1 < cuts.length; i++) parts.push(await reader.read(names, cuts[i]!, cuts[i + 1]!));
  return parts;
}

describe('rootFormat', () => {
  it('lists what a file holds', async () => {
    const contents = await rootFormat.contents(memorySource('a.root', vector('uproot-nesteddirs.root')));
    expect(contents.tables.map(({ name, entries }) => [name, entries])).toEqual([
      ['one/two/tree', 100],
      ['one/tree', 4],
      ['three/tree', 100],
    ]);
    expect(contents.others).toContainEqual({ name: 'one/two', type: 'TDirectory' });
    const histograms = await rootFormat.contents(memorySource('h.root', vector('uproot-histograms.root')));
    expect(histograms.others?.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'one TH1F',
      'two TH1F',
      'three TH1F',
    ]);
  });

  it('identifies files by content, wherever they lie', async () => {
    const identity = async (name: string, as: string) =>
      (await rootFormat.contents(memorySource(as, vector(name)))).identity;
    expect(await identity('uproot-HZZ.root', 'a')).toBe(await identity('uproot-HZZ.root', '/b/c.root'));
    expect(await identity('uproot-HZZ.root', 'a')).not.toBe(await identity('uproot-HZZ-lz4.root', 'a'));
    expect(await identity('uproot-HZZ.root', 'a')).toMatch(/^root:217945:[0-9a-f]{64}$/);
  });

  it('types jagged branches by their counter and fixed arrays by their size', async () => {
    const reader = await open('uproot-HZZ.root');
    expect(reader.schema.Muon_Px).toEqual({ kind: 'list', item: { kind: 'float32' }, counter: 'NMuon' });
    const arrays = await open('uproot-sample-6.20.04-zlib.root');
    expect(arrays.schema.ai4).toEqual({ kind: 'list', item: { kind: 'int32' }, size: 3 });
    const split = await open('uproot-small-evnt-tree-fullsplit.root');
    expect(split.schema['evt/StlVecF64']).toEqual({ kind: 'list', item: { kind: 'float64' } });
  });

  it('names what is near when a tree or column is not there', async () => {
    await expect(open('uproot-nesteddirs.root', 'one/tre')).rejects.toMatchObject({
      code: 'ROOT-E04',
      help: /'one\/tree'/,
    });
    await expect(open('uproot-nesteddirs.root')).rejects.toMatchObject({ code: 'ROOT-E04' });
    const reader = await open('uproot-HZZ.root');
    await expect(reader.read(['Muon_Pxx'], 0, 1)).rejects.toMatchObject({
      code: 'ROOT-E05',
      message: "uproot-HZZ.root, object 'events': there is no column 'Muon_Pxx'",
      help: expect.stringContaining("'Muon_Px'"),
    });
    await expect(reader.read(['Muon_Px'], 0, 1e9)).rejects.toMatchObject({ code: 'ROOT-E10' });
    await expect(open('uproot-histograms.root', 'one')).rejects.toMatchObject({ code: 'ROOT-E06' });
  });

  it('takes names with dots and without their group', async () => {
    const reader = await open('uproot-nesteddirs.root', 'three/tree');
    const { columns } = await reader.read(['evt/I32', 'evt.I32', 'I32', 'ArrayI32'], 0, reader.entries);
    expect(columns.I32).toEqual(columns['evt/I32']);
    expect(columns['evt.I32']).toEqual(columns['evt/I32']);
    expect(columns.ArrayI32).toMatchObject({ kind: 'list', size: 10 });
  });

  it.each([
    ['uproot-HZZ.root', 'Muon_Px'],
    ['uproot-Zmumu.root', 'Type'],
    ['uproot-HZZ-objects.root', 'jetp4'],
    ['uproot-small-evnt-tree-nosplit.root', 'evt'],
    ['ntpl001_staff_rntuple_v1-0-0-0.root', 'Nation'],
    ['test_stl_containers_rntuple_v1-0-0-0.root', 'vector_variant_int64_string'],
    ['test_nested_structs_rntuple_v1-0-0-0.root', 'my_struct'],
  ])('%s: parts of %s are those of the whole', async (name, column) => {
    const reader = await open(name);
    const { entries } = reader;
    const cuts = [0, 1, 2, Math.floor(entries / 3), Math.floor(entries / 2), entries - 1, entries];
    const whole = (await reader.read([column], 0, entries)).columns[column]!;
    const parts = await inParts(
      reader,
      [column],
      [...new Set(cuts)].sort((a, b) => a - b),
    );
    const rows = (one: typeof whole) => Array.from({ length: one.length }, (_, i) => valueAt(one, i));
    expect(parts.flatMap((part) => rows(part.columns[column]!))).toEqual(rows(whole));
  });

  it('reads a part without the bytes of the others, and only the columns in use', async () => {
    const source = counting(memorySource('a.root', vector('uproot-foriter.root')));
    const file = await openFile(source);
    const reader = await openTree(file, await findKey(file, 'foriter'), await streamersOf(file));
    const starts = [...reader.clusters, reader.entries];
    expect(reader.clusters.length).toBeGreaterThan(3);
    source.ranges.length = 0;
    const wanted = starts.slice(0, -1).map((start, i) => reader.ranges(['data'], start, starts[i + 1]!));
    // Baskets of different parts share no byte.
    const all = wanted.flat().sort((a, b) => a[0] - b[0]);
    for (let i = 1; i < all.length; i++) expect(all[i]![0]).toBeGreaterThanOrEqual(all[i - 1]![1]);
    expect(source.ranges).toEqual([]);
    await reader.read(['data'], starts[1]!, starts[2]!);
    expect(source.ranges).toEqual(wanted[1]);
  });

  it('reads histograms with their flow bins', async () => {
    const file = await openFile(memorySource('h.root', vector('uproot-histograms.root')));
    const record = await readRecord(file, 'one', await streamersOf(file));
    expect(record).toMatchObject({ kind: 'histogram', name: 'one', entries: 10_000 });
    if (record.kind !== 'histogram' || record.histogram.storage !== 'double') throw new Error('no counts');
    expect(record.histogram.axes).toEqual([
      { kind: 'regular', bins: 10, low: -3, high: 3, name: 'x', underflow: true, overflow: true },
    ]);
    expect([...record.histogram.values]).toEqual([0, 68, 285, 755, 1580, 2296, 2286, 1570, 795, 289, 76, 0]);
    expect(await readObject(file, 'two', new Map())).toMatchObject({ '@class': 'TH1F', fName: 'two' });
  });
});

function valueAt(column: Awaited<ReturnType<TableReader['read']>>['columns'][string], row: number): unknown {
  const { validity } = column;
  if (validity && !((validity[row >> 3]! >> (row & 7)) & 1)) return null;
  switch (column.kind) {
    case 'primitive':
      return column.values[row];
    case 'string':
      return new TextDecoder().decode(column.bytes.subarray(column.offsets[row]!, column.offsets[row + 1]!));
    case 'dictionary':
      return valueAt(column.dictionary, column.codes[row]!);
    case 'list':
      return Array.from({ length: column.offsets[row + 1]! - column.offsets[row]! }, (_, i) =>
        valueAt(column.content, column.offsets[row]! + i),
      );
    case 'record':
      return Object.fromEntries(
        Object.entries(column.fields).map(([name, field]) => [name, valueAt(field, row)]),
      );
  }
}
