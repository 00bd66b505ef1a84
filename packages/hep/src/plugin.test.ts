import { resolve } from 'node:path';
import { type Table, toRows } from '@fasthep/columns';
import { dataPlugin, read } from '@fasthep/data';
import type { Json, JsonObject, Registry, SourceRun, SurveyContext } from '@fasthep/flow';
import { expect, test } from 'vitest';
import { hepPlugin } from './plugin.ts';

const folder = resolve(import.meta.dirname, '../../../examples/dimuon');
const registry = {
  plugins: [dataPlugin, hepPlugin],
  all: (kind: string) =>
    [dataPlugin, hepPlugin].flatMap((plugin) =>
      ((plugin as unknown as Record<string, unknown[]>)[kind] ?? []).map((item) => ({
        pack: plugin.name,
        item,
      })),
    ),
} as unknown as Registry;
const run = read.run as SourceRun;
const memory = new Map<string, JsonObject>();
const context: SurveyContext = {
  resolve: (path) => resolve(folder, path),
  recall: async (path) => memory.get(path),
  remember: async (path, facts) => void memory.set(path, JSON.parse(JSON.stringify(facts)) as JsonObject),
  registry,
};
const args: Json = {
  datasets: [
    { name: 'ww', kind: 'mc', files: ['data/ww.root'] },
    { name: 'zz', kind: 'mc', files: ['data/zz.root'] },
  ],
  tree: 'events',
};

test('a catalogue of ROOT files', async () => {
  const { facts, problems } = await run.survey(args, context);
  expect(problems).toEqual([]);
  expect(facts.datasets.map((dataset) => dataset.files[0]!.entries)).toEqual([
    { rows: 4580 },
    { rows: 2421 },
  ]);
  expect(Object.keys(facts.schemas)).toHaveLength(1);
  const schema = facts.schemas[facts.datasets[0]!.schema]!.rows as JsonObject;
  expect(schema.EventWeight).toEqual({ kind: 'float32' });
  expect(schema.Muon_Px).toMatchObject({ kind: 'list', item: { kind: 'float32' }, counter: 'NMuon' });
});

test('rows of the named branches', async () => {
  const { facts } = await run.survey(args, context);
  const dataset = facts.datasets[1]!;
  const reader = await run.open(args, {
    port: 'rows',
    file: dataset.files[0]!,
    dataset,
    part: 0,
    parts: 1,
    columns: ['NMuon', 'Muon_Px'],
    registry,
  });
  let rows = 0;
  let bytes = 0;
  for await (const part of reader.batches()) {
    const table = part.batch as Table;
    if (rows === 0) {
      const [first] = toRows(table, 0, 1);
      expect(first!.NMuon).toBe(2);
      expect(first!.Muon_Px).toHaveLength(2);
    }
    expect(Object.keys(table.columns)).toEqual(['NMuon', 'Muon_Px']);
    rows += part.rows;
    bytes += part.bytes;
  }
  await reader.close();
  expect(rows).toBe(2421);
  expect(bytes).toBeGreaterThan(1000);
  expect(bytes).toBeLessThan(dataset.files[0]!.size);
});

test.each<[JsonObject, JsonObject]>([
  [
    { files: 'data/zz.root', tree: 'event' },
    {
      code: 'data.tree-missing',
      message: "data/zz.root has no tree 'event'",
      help: "did you mean 'events'?",
    },
  ],
  [{ files: 'data/z.root' }, { code: 'data.file-missing', help: "did you mean 'zz.root' or 'ww.root'?" }],
  [{ files: 'flow.yaml', format: 'root' }, { code: 'ROOT-E01' }],
])('%j', async (given, problem) => {
  expect((await run.survey(given, context)).problems[0]).toMatchObject(problem);
});
