import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { WORKFLOW_COMMANDS } from './commands/names.ts';
import { VALUE_FLAGS } from './completion/flags.ts';
import { testConsole } from './testing/console.ts';

const FILES: Record<string, string> = {
  'flow.yaml': `defaults: [site: local, _self_]
cut: {above: 50, loose: false}
lumi: 59700
tasks:
  events: {read: a.csv}
  big: {filter: "x > \${cut.above}"}
`,
  'conf/site/local.yaml': 'workers: 2\n',
  'conf/site/farm.yaml': 'workers: 100\nqueue: long\n',
  'more/extra/one.yaml': 'x: 1\n',
  'runs/old/config.yaml': 'a: 1\n',
  'broken.yaml': 'a: [',
};
const c = testConsole();
afterAll(() => rmSync(c.folder, { recursive: true, force: true }));
for (const [name, text] of Object.entries(FILES)) {
  mkdirSync(dirname(join(c.folder, name)), { recursive: true });
  writeFileSync(join(c.folder, name), text);
}
const candidates = async (...words: string[]) =>
  (await c.run('complete', '--', ...words)).out.split('\n').slice(0, -1);

describe('complete', () => {
  it.each<[string[], string[]]>([
    [['ru'], ['run', 'runs']],
    [['cache', 'g'], ['gc']],
    [
      ['run', ''],
      ['broken.yaml', 'conf/', 'flow.yaml', 'more/', 'runs/'],
    ],
    [
      ['run', 'conf/site/'],
      ['conf/site/farm.yaml', 'conf/site/local.yaml'],
    ],
    [
      ['run', 'flow.yaml', ''],
      ['cut.', 'lumi=', 'site.', 'site=', 'tasks.'],
    ],
    [
      ['run', 'flow.yaml', 'site='],
      ['site=farm', 'site=local'],
    ],
    [
      ['run', '-m', 'flow.yaml', 'site=local,'],
      ['site=local,farm', 'site=local,local'],
    ],
    [
      ['plan', 'flow.yaml', 'cut.'],
      ['cut.above=', 'cut.loose='],
    ],
    [
      ['run', 'flow.yaml', 'cut.loose='],
      ['cut.loose=false', 'cut.loose=true'],
    ],
    [['run', 'flow.yaml', 'lumi='], ['lumi=59700']],
    [
      ['run', 'flow.yaml', 'site=farm', 'site.'],
      ['site.queue=', 'site.workers='],
    ],
    [['run', 'flow.yaml', 'wrong=3', 'cut.a'], ['cut.above=']],
    [['run', 'flow.yaml', '~cut.a'], ['~cut.above']],
    [['run', 'flow.yaml', '--config-dir', 'more', '+e'], ['+extra=']],
    [
      ['config', 'flow.yaml', 'cut.a'],
      ['cut.above', 'cut.above='],
    ],
    [
      ['run', 'flow.yaml', '--cfg', ''],
      ['job', 'resolved'],
    ],
    [['run', 'flow.yaml', '--fa'], ['--fail-fast']],
    [['run', 'flow.yaml', '--only', 'events,b'], ['events,big']],
    [['run', '--config-name', 'fl'], ['flow']],
    [['run', '--config-name', 'flow', 'lu'], ['lumi=']],
    [['run', 'flow.yaml', '--resume', 'l'], ['last']],
    [
      ['completion', ''],
      ['bash', 'fish', 'zsh'],
    ],
    [['run', 'broken.yaml', 'a'], []],
    [['run', 'none.yaml', 'a'], []],
    [['nonsense', 'a'], []],
  ])('%j', async (words, expected) => expect(await candidates(...words)).toEqual(expected));

  it('knows every flag that takes a value', async () => {
    const found = new Set<string>();
    for (const command of [...WORKFLOW_COMMANDS, 'runs', 'export', 'cache gc']) {
      const { out } = await c.run(...command.split(' '), '--help');
      for (const [, flag] of out.matchAll(/\[(--[\w-]+)\]/g)) {
        const { err } = await c.run(...command.split(' '), flag!);
        if (/expected input for flag/i.test(err)) found.add(flag!);
      }
    }
    expect(found).toContain('--workers');
    expect([...found].filter((flag) => !VALUE_FLAGS.includes(flag))).toEqual([]);
  });
});

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish'])('writes a script for %s', async (shell) => {
    const { out, code } = await c.run('completion', shell);
    expect(out).toContain('fasthep-flow complete --');
    expect(code).toBe(0);
  });

  it('writes none for other shells', async () => {
    expect((await c.run('completion', 'tcsh')).code).toBe(2);
  });

  const hasBash = spawnSync('bash', ['--version']).status === 0;
  it.skipIf(!hasBash)('is understood by bash', async () => {
    const { out: script } = await c.run('completion', 'bash');
    // The command as bash would call it: what it was asked is kept, and answered as this process answers.
    const bin = join(c.folder, 'bin');
    mkdirSync(bin);
    const asked = join(c.folder, 'asked');
    writeFileSync(
      join(bin, 'fasthep-flow'),
      `#!/bin/bash\nprintf '<%s>' "$@" > ${asked}\ncat ${join(c.folder, 'answer')}\n`,
    );
    chmodSync(join(bin, 'fasthep-flow'), 0o755);
    writeFileSync(join(c.folder, 'script.bash'), script);
    for (const [line, words, reply] of [
      ['fasthep-flow ru', ['ru'], ['run ', 'runs ']],
      [
        'fasthep-flow run flow.yaml ',
        ['run', 'flow.yaml', ''],
        ['cut.', 'lumi=', 'site.', 'site=', 'tasks.'],
      ],
      ['fasthep-flow run flow.yaml site=', ['run', 'flow.yaml', 'site='], ['farm ', 'local ']],
      ['fasthep-flow run flow.yaml site=fa', ['run', 'flow.yaml', 'site=fa'], ['farm ']],
      [
        'fasthep-flow run flow.yaml site=farm site.q',
        ['run', 'flow.yaml', 'site=farm', 'site.q'],
        ['site.queue='],
      ],
    ] as const) {
      writeFileSync(join(c.folder, 'answer'), (await candidates(...words)).map((one) => `${one}\n`).join(''));
      const done = spawnSync(
        'bash',
        [
          '--norc',
          '-c',
          `source script.bash; complete -p fasthep-flow > /dev/null || exit 3
COMP_LINE='${line}'; COMP_POINT=\${#COMP_LINE}; COMP_WORDS=(${line.replaceAll('=', ' = ')}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
_fasthep_flow_complete; printf '%s\\n' "\${COMPREPLY[@]}"`,
        ],
        { cwd: c.folder, encoding: 'utf8', env: { PATH: `${bin}:${process.env.PATH}` } },
      );
      expect(done.stdout.split('\n').slice(0, -1), done.stderr).toEqual(reply);
      expect(spawnSync('cat', [asked], { encoding: 'utf8' }).stdout).toBe(
        ['complete', '--', ...words].map((word) => `<${word}>`).join(''),
      );
    }
  });
});
