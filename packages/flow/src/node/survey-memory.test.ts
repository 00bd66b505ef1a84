import {
  appendFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { surveyMemory } from './survey-memory.ts';

const folder = mkdtempSync(join(tmpdir(), 'memory-'));
afterAll(() => rmSync(folder, { recursive: true }));

function old(name: string, text: string) {
  const path = join(folder, name);
  writeFileSync(path, text);
  utimesSync(path, 1e9, 1e9);
  return path;
}

it('remembers a file as long as it is the same', async () => {
  const at = join(folder, 'deep', 'survey.jsonl');
  const path = old('a', 'one');
  await surveyMemory(at).remember(path, { rows: 3 });
  expect(await surveyMemory(at).recall(path)).toEqual({ rows: 3 });
  old('a', 'two!');
  expect(await surveyMemory(at).recall(path)).toBeUndefined();
  old('a', 'six');
  expect(await surveyMemory(at).recall(path)).toEqual({ rows: 3 });
  renameSync(old('b', 'six'), path);
  expect(await surveyMemory(at).recall(path)).toBeUndefined();
});

it('does not trust what was written just now, and forgets what is gone', async () => {
  const at = join(folder, 'fresh.jsonl');
  const path = join(folder, 'new');
  writeFileSync(path, '1');
  const memory = surveyMemory(at);
  await memory.remember(path, { rows: 1 });
  expect(await memory.recall(path)).toBeUndefined();
  const gone = old('gone', '1');
  await memory.remember(gone, { rows: 1 });
  rmSync(gone);
  expect(await memory.recall(gone)).toBeUndefined();
  await memory.remember('http://example.org/x.root', { rows: 1 });
  expect(await memory.recall('http://example.org/x.root')).toBeUndefined();
});

it('outlives a line that a crash cut, and is tidied when it grows', async () => {
  const at = join(folder, 'cut.jsonl');
  const path = old('c', '1');
  await surveyMemory(at).remember(path, { rows: 1 });
  appendFileSync(at, '\n{"path":"/x","si');
  for (let i = 0; i < 200; i++) await surveyMemory(at).remember(path, { rows: i });
  expect(await surveyMemory(at).recall(path)).toEqual({ rows: 199 });
  expect(statSync(at).size).toBeLessThan(10_000);
});
