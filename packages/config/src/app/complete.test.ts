import { describe, expect, it } from 'vitest';
import { completionScript, completions, create, folderSource, memoryFiles, Repository } from '../index.ts';

const repository = new Repository(
  [
    folderSource(
      '',
      memoryFiles({ 'db/mysql.yaml': '', 'db/pg.yaml': '', 'db/extra/x.yaml': '', 'data.yaml': '' }),
    ),
  ],
  '1.2',
);
const root = create({ db: { host: 'h', port: 1 }, depth: 3, on: true, list: [{ a: 1 }], 'odd.key': 1 });

describe('completions', () => {
  it.each([
    ['d', ['db.', 'db/', 'db=', 'depth=']],
    ['db=', ['db=mysql', 'db=pg']],
    ['db=mysql,p', ['db=mysql,pg']],
    ['db/', ['db/extra=']],
    ['db.', ['db.host=', 'db.port=']],
    ['~db.h', ['~db.host']],
    ['+db=p', ['+db=pg']],
    ['list.', ['list.0.']],
    ['list.0.', ['list.0.a=']],
    ['--mul', ['--multirun']],
    ['depth=', ['depth=3']],
    ['on=', ['on=false', 'on=true']],
    ['db=x.', []],
    ['zz', []],
    ['db.host.x', []],
  ])('of %s', (word, expected) => expect(completions({ word, root, repository })).toEqual(expected));

  it('have a script for each shell', () => {
    for (const shell of ['bash', 'zsh', 'fish'] as const)
      expect(completionScript(shell, 'fasthep-flow')).toContain('fasthep-flow complete --');
  });
});
