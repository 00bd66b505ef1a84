import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createRunDirectory, gitCommit, parseJournal, runReader, writeWhole } from './index.ts';

const base = mkdtempSync(join(tmpdir(), 'runs-'));
afterAll(() => rmSync(base, { recursive: true }));

describe('run directories', () => {
  const time = new Date(2026, 2, 1, 14, 5, 9);
  const make = (pattern: string, number?: number) =>
    relative(base, createRunDirectory(join(base, pattern), 'a/b', time, number).path);

  it('are named by workflow and time, each its own', () => {
    expect(make('{workflow}/{time}')).toBe('a_b/2026-03-01_14-05-09');
    expect(make('{workflow}/{time}')).toBe('a_b/2026-03-01_14-05-09_2');
    expect(make('x/{time}', 0)).toBe('x/2026-03-01_14-05-09/0');
    expect(make('x/{time}', 0)).toBe('x/2026-03-01_14-05-09_2/0');
  });

  it('may be one for all runs, with the journal of the last', () => {
    for (const outcome of ['done', 'failed'] as const) {
      const run = createRunDirectory(join(base, 'fixed'), 'w', time);
      run.write('plan.json', { a: 1 });
      run.journal.write({ type: 'run-end', time: 1, outcome, milliseconds: 1 });
      run.journal.close();
    }
    const reader = runReader(join(base, 'fixed'));
    expect(parseJournal(reader.text('events.jsonl')!)).toMatchObject([{ outcome: 'failed' }]);
    expect(reader.text('plan.json')).toBe('{"a":1}\n');
    expect(reader.text('none')).toBeUndefined();
  });
});

it('journals leave progress out, and a line that a crash cut', () => {
  const run = createRunDirectory(join(base, 'journal'), 'w', new Date());
  run.journal.write({ type: 'progress', time: 1, task: 'a', rows: 1, bytes: 1 });
  run.journal.write({ type: 'task-start', time: 2, task: 'a', attempt: 1 });
  run.journal.close();
  const text = runReader(run.path).text('events.jsonl')!;
  expect(parseJournal(`${text}{"type":"task-e`)).toEqual([
    { type: 'task-start', time: 2, task: 'a', attempt: 1 },
  ]);
});

it('files appear whole or not at all', () => {
  mkdirSync(join(base, 'whole/taken'), { recursive: true });
  writeWhole(join(base, 'whole/deep/file'), 'text');
  expect(readFileSync(join(base, 'whole/deep/file'), 'utf8')).toBe('text');
  expect(() => writeWhole(join(base, 'whole/taken'), 'x')).toThrow();
  expect(readdirSync(join(base, 'whole'))).toEqual(['deep', 'taken']);
});

it('the commit is found in folders, packed refs, detached heads and work trees', () => {
  const git = (files: Record<string, string>, at: string) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(base, at, name, '..'), { recursive: true });
      writeFileSync(join(base, at, name), text);
    }
    mkdirSync(join(base, at, 'sub/sub'), { recursive: true });
    return gitCommit(join(base, at, 'sub/sub'));
  };
  const [one, two] = ['1'.repeat(40), '2'.repeat(40)];
  expect(git({ '.git/HEAD': 'ref: refs/heads/main\n', '.git/refs/heads/main': `${one}\n` }, 'loose')).toBe(
    one,
  );
  expect(
    git(
      { '.git/HEAD': 'ref: refs/heads/main\n', '.git/packed-refs': `# pack\n${two} refs/heads/main\n` },
      'packed',
    ),
  ).toBe(two);
  expect(git({ '.git/HEAD': `${one}\n` }, 'detached')).toBe(one);
  const tree = {
    '.git': 'gitdir: ../loose/.git/worktrees/t\n',
    '../loose/.git/worktrees/t/HEAD': 'ref: refs/heads/main\n',
    '../loose/.git/worktrees/t/commondir': '../..\n',
  };
  expect(git(tree, 'tree')).toBe(one);
  expect(git({ '.git/HEAD': 'ref: refs/heads/none\n' }, 'empty')).toBeUndefined();
  if (!existsSync('/.git')) expect(gitCommit('/')).toBeUndefined();
});
