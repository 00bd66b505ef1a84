import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Table, toRows } from '@fasthep/columns';
import type { Json, JsonObject, SourceRun, SurveyContext } from '@fasthep/flow';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testRegistry } from '../testing/registry.ts';
import { looks, rowsFormat } from '../testing/rows-format.ts';
import { read } from './read.ts';

const run = read.run as SourceRun;
const registry = testRegistry({ name: 'test', formats: [rowsFormat] });
const memory = new Map<string, JsonObject>();
let folder = '';

const context: SurveyContext = {
  resolve: (path) => join(folder, path),
  recall: async (path) => memory.get(path),
  remember: async (path, facts) => void memory.set(path, structuredClone(facts)),
  registry,
};
const survey = (args: Json) => run.survey(args, context);
const complaint = async (args: Json) => {
  const { problems } = await survey(args);
  return problems.map(({ code, message, help, path }) => ({ code, message, help, path }));
};
const save = (name: string, tables: Record<string, JsonObject[]>) =>
  writeFile(join(folder, name), JSON.stringify({ tables }));
const rowsOf = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({ id: from + i, x: (from + i) / 2 }));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'read-'));
  await save('b2.rows', { events: rowsOf(10, 14) });
  await save('b1.rows', { events: rowsOf(0, 10) });
  await save('other.rows', { events: [{ id: 'text', x: 0.5 }] });
  await save('fewer.rows', { events: [{ id: 1 }] });
  await save('two.rows', { Events: rowsOf(0, 2), Runs: [{ run: 1 }] });
  await writeFile(join(folder, 'broken.rows'), 'not at all');
  await writeFile(join(folder, 'empty.rows'), '');
  await writeFile(join(folder, 'unknown.xyz'), 'what is this');
  await writeFile(join(folder, 'noending'), JSON.stringify({ tables: { events: rowsOf(0, 1) } }));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(() => {
  memory.clear();
  looks.contents = 0;
});

describe('survey', () => {
  test('files of a pattern, sorted, with their schema', async () => {
    const { facts, problems } = await survey({ files: 'b*[0-9].rows' });
    expect(problems).toEqual([]);
    expect(facts.datasets).toHaveLength(1);
    const [dataset] = facts.datasets;
    expect(dataset!.files.map((file) => file.path)).toEqual([
      join(folder, 'b1.rows'),
      join(folder, 'b2.rows'),
    ]);
    expect(dataset!.files.map((file) => file.entries)).toEqual([{ rows: 10 }, { rows: 4 }]);
    expect(dataset!.labels).toEqual({});
    expect(facts.schemas[dataset!.schema]).toEqual({
      rows: { id: { kind: 'int64' }, x: { kind: 'float64' } },
    });
  });

  test('identity follows content, not path', async () => {
    await save('copy.rows', { events: rowsOf(0, 10) });
    const { facts } = await survey({ files: ['b1.rows', 'copy.rows', 'b2.rows'] });
    const [a, b, c] = facts.datasets[0]!.files.map((file) => file.identity);
    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });

  test('what was seen in a format that was asked for is not taken for the file as such', async () => {
    await survey({ files: 'b1.rows', format: 'rows' });
    const before = looks.contents;
    await survey({ files: 'b1.rows' });
    expect(looks.contents).toBe(before + 1);
  });

  test('a second survey looks into no file', async () => {
    await survey({ files: 'b[0-9].rows' });
    const before = looks.contents;
    const { facts } = await survey({ files: 'b[0-9].rows' });
    expect(looks.contents).toBe(before);
    expect(facts.datasets[0]!.files.length).toBeGreaterThan(1);
  });

  test('a catalogue gives a label and constants; datasets that agree share a schema', async () => {
    const { facts } = await survey({
      datasets: [
        { name: 'one', kind: 'mc', files: ['b1.rows'], xsec: 2.5, year: 2018 },
        { name: 'two', kind: 'data', files: ['b2.rows'], process: 'p' },
      ],
    });
    expect(facts.datasets.map((one) => one.labels)).toEqual([{ dataset: 'one' }, { dataset: 'two' }]);
    expect(facts.datasets[0]!.constants).toEqual({
      name: 'one',
      kind: 'mc',
      process: 'one',
      xsec: 2.5,
      year: 2018,
    });
    expect(facts.datasets[1]!.constants).toEqual({ name: 'two', kind: 'data', process: 'p' });
    expect(Object.keys(facts.schemas)).toEqual(['s0']);
  });

  test('several trees are several ports', async () => {
    const args = {
      files: 'two.rows',
      trees: { events: 'Events', runs: { tree: 'Runs' }, more: { tree: 'X', optional: true } },
    };
    expect(Object.keys((read.outputs as (args: Json) => object)(args))).toEqual(['events', 'runs', 'more']);
    const { facts, problems } = await survey(args);
    expect(problems).toEqual([]);
    expect(facts.datasets[0]!.files[0]!.entries).toEqual({ events: 2, runs: 1, more: 0 });
    expect(facts.schemas.s0).toMatchObject({ runs: { run: { kind: 'int64' } }, more: {} });
  });

  test('a column that some files lack is left out, with a warning', async () => {
    const { facts, problems } = await survey({ files: ['b1.rows', 'fewer.rows'] });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      severity: 'warning',
      message: expect.stringContaining("fewer.rows has no column 'x'"),
    });
    expect(Object.keys(facts.schemas.s0!.rows as object)).toEqual(['id']);
  });

  test('rename', async () => {
    const { facts } = await survey({ files: 'b1.rows', rename: { number: 'id' } });
    expect(Object.keys(facts.schemas.s0!.rows as object)).toEqual(['number', 'x']);
    expect(await complaint({ files: 'b1.rows', rename: { number: 'ld' } })).toEqual([
      {
        code: 'data.column-missing',
        message: "there is no column 'ld' to rename",
        help: "did you mean 'id'?",
        path: ['rename', 'number'],
      },
    ]);
  });

  test('but not all of them', async () => {
    expect(await complaint({ files: ['broken.rows', 'gone.rows'], bad_files: 'skip' })).toMatchObject([
      {
        code: 'data.no-files',
        message: 'every file of read is missing or broken: no such file: gone.rows',
        path: ['files'],
      },
    ]);
  });

  test('bad files can be skipped, and are listed', async () => {
    const { facts, problems } = await survey({
      files: ['b1.rows', 'broken.rows', 'gone.rows'],
      bad_files: 'skip',
    });
    expect(problems).toEqual([]);
    expect(facts.datasets[0]!.files).toHaveLength(1);
    expect(facts.datasets[0]!.skipped!.map((file) => file.reason)).toEqual([
      'no such file: gone.rows',
      expect.stringContaining('broken.rows is no rows file'),
    ]);
  });

  test.each<[string, Json, JsonObject]>([
    [
      'missing file',
      { files: 'b3.rows' },
      {
        code: 'data.file-missing',
        message: 'no such file: b3.rows',
        help: "did you mean 'b1.rows' or 'b2.rows'?",
        path: ['files'],
      },
    ],
    [
      'missing in a list',
      { files: ['b1.rows', 'nope/x.rows'] },
      {
        code: 'data.file-missing',
        message: 'no such file: nope/x.rows',
        help: expect.stringContaining('there is no folder') as unknown as string,
        path: ['files', 1],
      },
    ],
    [
      'pattern without match',
      { files: 'q*.rows' },
      {
        code: 'data.glob-empty',
        message: 'no file matches q*.rows',
        help: expect.stringContaining('holds b1.rows') as unknown as string,
        path: ['files'],
      },
    ],
    [
      'broken file',
      { files: 'broken.rows' },
      {
        code: 'rows.broken',
        message: expect.stringContaining('broken.rows is no rows file') as unknown as string,
        help: 'make it anew',
        path: ['files'],
      },
    ],
    [
      'empty file',
      { files: 'empty.rows' },
      {
        code: 'data.file-broken',
        message: expect.stringContaining('is empty: it has 0 bytes') as unknown as string,
        help: expect.any(String) as unknown as string,
        path: ['files'],
      },
    ],
    [
      'unknown format',
      { files: 'unknown.xyz' },
      {
        code: 'data.format-unknown',
        message: expect.stringContaining('is of no known file format') as unknown as string,
        help: 'known endings are .rows; say format: for a file without one',
        path: ['files'],
      },
    ],
    [
      'no such tree',
      { files: 'b1.rows', tree: 'event' },
      {
        code: 'data.tree-missing',
        message: "b1.rows has no tree 'event'",
        help: "did you mean 'events'?",
        path: ['tree'],
      },
    ],
    [
      'several trees',
      { files: 'two.rows' },
      {
        code: 'data.tree-ambiguous',
        message: 'two.rows has several tables: Events, Runs',
        help: 'say which: tree: Events',
        path: ['files'],
      },
    ],
    [
      'other type',
      { files: ['b1.rows', 'other.rows'] },
      {
        code: 'data.schema-differs',
        message: "column 'id' is int64 in b1.rows and string in other.rows",
        help: 'the files of one dataset must agree: make two datasets of them',
        path: ['files'],
      },
    ],
    [
      'dataset twice',
      {
        datasets: [
          { name: 'a', files: ['b1.rows'] },
          { name: 'a', files: ['b2.rows'] },
        ],
      },
      {
        code: 'data.catalogue',
        message: "dataset 'a' is in the catalogue twice, as number 1 and 2",
        help: 'one dataset may have many files: put them into one list',
        path: ['datasets', 1, 'name'],
      },
    ],
    [
      'nothing',
      {},
      {
        code: 'data.no-files',
        message: 'read has nothing to read',
        help: 'give files: (a path or pattern) or datasets: (a catalogue)',
        path: undefined as unknown as string,
      },
    ],
  ])('problem: %s', async (_, args, problem) => {
    expect((await complaint(args))[0]).toEqual(problem);
  });

  test('a file without an ending is known by its first bytes', async () => {
    expect(await complaint({ files: 'noending' })).toEqual([]);
  });
});

describe('open', () => {
  const all = async (args: Json, columns: string[], part = 0, parts = 1, more: object = {}) => {
    const { facts } = await survey(args);
    const rows: unknown[] = [];
    for (const dataset of facts.datasets)
      for (const file of dataset.files) {
        const reader = await run.open(args, {
          port: 'rows',
          file,
          dataset,
          part,
          parts,
          columns,
          registry,
          ...more,
        });
        for await (const { batch } of reader.batches()) rows.push(...toRows(batch as Table));
        await reader.close();
      }
    return rows;
  };

  test('the named columns, in file order', async () => {
    expect(await all({ files: 'b*[0-9].rows' }, ['x'])).toEqual(rowsOf(0, 14).map(({ x }) => ({ x })));
  });

  test('parts make up the whole', async () => {
    const parts = await Promise.all([0, 1, 2].map((part) => all({ files: 'b1.rows' }, ['id'], part, 3)));
    expect(parts.flat()).toEqual(rowsOf(0, 10).map(({ id }) => ({ id: BigInt(id) })));
    expect(parts.every((part) => part.length > 0)).toBe(true);
  });

  test('renamed, and only some rows', async () => {
    const args = { files: 'b1.rows', rename: { number: 'id' }, rows: [2, 6] };
    expect(await all(args, ['number'])).toEqual([2n, 3n, 4n, 5n].map((number) => ({ number })));
    expect(await all(args, ['number'], 0, 1, { rows: 3 })).toHaveLength(3);
  });

  test('without columns there are still rows', async () => {
    expect(await all({ files: 'b2.rows' }, [])).toHaveLength(4);
  });

  test('a file that changed since the survey fails', async () => {
    await save('changing.rows', { events: rowsOf(0, 3) });
    const args = { files: 'changing.rows' };
    const { facts } = await survey(args);
    const [dataset] = facts.datasets;
    await save('changing.rows', { events: rowsOf(3, 6) });
    const request = {
      port: 'rows',
      file: dataset!.files[0]!,
      dataset: dataset!,
      part: 0,
      parts: 1,
      columns: ['x'],
      registry,
    };
    await expect(run.open(args, request)).rejects.toMatchObject({ code: 'data.file-changed' });
  });
});

test('identity: what the rows depend on besides the file, never paths or names', () => {
  expect(run.identity!({ files: 'a.root', tree: 'Events' })).toEqual(
    run.identity!({ files: ['b.root'], tree: 'Events' }),
  );
  expect(run.identity!({ files: 'a.root', tree: 'Events' })).not.toEqual(
    run.identity!({ files: 'a.root', tree: 'Runs' }),
  );
});
