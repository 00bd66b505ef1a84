import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { type Console, testConsole } from './testing/console.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const pack = fileURLToPath(new URL('./testing/numbers.ts', import.meta.url));
const FILES: Record<string, string> = {
  'flow.yaml': `use: [${pack}]
defaults: [site: local, _self_]
include: common.yaml
cut: {above: 50}
label: "cut at \${cut.above}"
twice: "\${cut.above * 2}"
alias: "\${site}"
tasks:
  events: {range: {files: ["0..100"], batch: 100}}
  big: {keep: {above: "\${cut.above}"}}
  all: {sum: {scale: "\${alias.workers}"}}
`,
  'common.yaml': 'cut: {above: 20, by: 2}\n',
  'conf/site/local.yaml': 'workers: 2\n',
  'conf/site/farm.yaml': 'workers: 100\n',
  'more/site/grid.yaml': 'workers: 1000\n',
  'more/other.yaml': 'cut: {above: 5}\n',
  'missing.yaml': 'cut: {above: ???}\nlabel: "${nothing.here}"\n',
};

function consoleWith(): Console {
  const made = testConsole();
  folders.push(made.folder);
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(made.folder, name)), { recursive: true });
    writeFileSync(join(made.folder, name), text);
  }
  return made;
}

describe('config FILE KEY', () => {
  it.each([
    ['an include', ['cut.by'], 'cut.by: 2    # common.yaml:1:22\n'],
    [
      'what the file says over an include',
      ['cut.above'],
      'cut.above: 50    # flow.yaml:4:14\n  over 20    # common.yaml:1:14\n',
    ],
    [
      'an override over both',
      ['cut.above', 'cut.above=70'],
      'cut.above: 70    # <command line>: cut.above=70\n  over 50    # flow.yaml:4:14\n  over 20    # common.yaml:1:14\n',
    ],
    [
      'a text with an interpolation',
      ['label', 'cut.above=70'],
      'label: cut at 70    # flow.yaml:5:8\n  written "cut at ${cut.above}"\n  from 70    # <command line>: cut.above=70\n',
    ],
    [
      'a computed value',
      ['twice'],
      'twice: 100    # flow.yaml:6:8\n  written "${cut.above * 2}"\n  from 50    # flow.yaml:4:14\n',
    ],
    ['an option of a group', ['site.workers'], 'site.workers: 2    # conf/site/local.yaml:1:10\n'],
    [
      'another option, with an override',
      ['site.workers', 'site=farm', 'site.workers=3'],
      'site.workers: 3    # <command line>: site.workers=3\n  over 100    # conf/site/farm.yaml:1:10\n',
    ],
    [
      'a key beyond an interpolation',
      ['alias.workers'],
      'alias.workers: 2    # conf/site/local.yaml:1:10\n  by way of "${site}"    # flow.yaml:7:8\n',
    ],
    [
      'all of a section',
      ['cut'],
      'cut.above: 50    # flow.yaml:4:14\ncut.by: 2    # common.yaml:1:22\n  over {above: 20, by: 2}    # common.yaml:1:6\n',
    ],
    [
      'an item of a list',
      ['tasks.events.range.files[0]'],
      'tasks.events.range.files[0]: 0..100    # flow.yaml:9:28\n',
    ],
  ])('shows %s', async (_name, words, expected) => {
    const { out, err, code } = await consoleWith().run('config', 'flow.yaml', ...words);
    expect(out, err).toBe(expected);
    expect(code).toBe(0);
  });

  it('gives it as data', async () => {
    const { out } = await consoleWith().run('config', 'flow.yaml', 'cut.above', 'cut.above=7', '--json');
    expect(JSON.parse(out)).toMatchObject({
      key: 'cut.above',
      value: 7,
      set: { text: '7', origin: { word: 'cut.above=7' } },
      over: [{ text: '50', origin: { file: 'flow.yaml', line: 4 } }, { text: '20' }],
      from: [],
    });
  });

  it.each([
    ['cut.abve', "did you mean 'cut.above'?"],
    ['cuts.above', "did you mean 'cut.above'?"],
    ['above', "did you mean 'cut.above'"],
    ['zzz', 'there are: site, cut, use, label, twice, alias, tasks'],
    ['cut.above.x', "no key 'cut.above.x'"],
  ])('has no %s, and says what there is', async (key, help) => {
    const { out, err, code } = await consoleWith().run('config', 'flow.yaml', key);
    expect(err).toContain(help);
    expect([out, code]).toEqual(['', 2]);
  });
});

describe('overrides of keys that are not there', () => {
  it.each([
    [
      'cut.abve=3',
      "'cut.abve' is not in the config",
      "did you mean 'cut.above'? To add it, write +cut.abve=3",
    ],
    ['cuts.above=3', "'cuts.above' is not", "did you mean 'cut.above'?"],
    ['cut.zzz=3', 'is not in the config', 'there are cut.above, cut.by. To add it, write +cut.zzz=3'],
    ['sites=farm', 'is not in the config', "did you mean 'site'?"],
    ['site=frm', "no config 'site/frm'", "did you mean 'farm'?"],
    ['+cut.above=3', 'is in the config already', 'to change it, write cut.above=3'],
    ['~cut.abve', 'cannot be deleted', "did you mean 'cut.above'?"],
  ])('%s is an error', async (word, message, help) => {
    const c = consoleWith();
    for (const command of ['config', 'run', 'plan']) {
      const { out, err, code } = await c.run(command, 'flow.yaml', word);
      expect(err).toContain(message);
      expect(err).toContain(help);
      expect([out, code]).toEqual(['', 2]);
    }
  });

  it('are added with +', async () => {
    const { out } = await consoleWith().run('config', 'flow.yaml', '+cut.abve=3', 'cut.abve');
    expect(out).toBe('cut.abve: 3    # <command line>: +cut.abve=3\n');
  });
});

describe('where config is found', () => {
  it('conf beside the file, folders of --config-dir behind it', async () => {
    const c = consoleWith();
    const { out, err } = await c.run(
      'config',
      'flow.yaml',
      'site=grid',
      'site.workers',
      '--config-dir',
      'more',
    );
    expect(out, err).toBe('site.workers: 1000    # more/site/grid.yaml:1:10\n');
    const wrong = await c.run('config', 'flow.yaml', 'site=grid');
    expect(wrong.err).toContain("no config 'site/grid'");
    const gone = await c.run('config', 'flow.yaml', '--config-dir', 'nowhere');
    expect(gone.err).toContain("there is no folder 'nowhere'");
    expect(gone.code).toBe(2);
  });

  it('a config by its name, in place of a file', async () => {
    const c = consoleWith();
    for (const words of [
      ['--config-name', 'other', '--config-dir', 'more', 'cut.above'],
      ['more', '--config-name', 'other', 'cut.above'],
      ['--config-name', 'more/other.yaml', 'cut.above'],
    ])
      expect((await c.run('config', ...words)).out, words.join(' ')).toBe(
        'cut.above: 5    # more/other.yaml:1:14\n',
      );
    expect((await c.run('config', '--config-name', 'flow', 'cut.by')).out).toContain('cut.by: 2');
    expect((await c.run('run', '--config-name', 'flw')).err).toContain("did you mean 'flow'?");
    expect((await c.run('run')).err).toContain('No file is named');
  });

  it('a run takes options of groups', async () => {
    const c = consoleWith();
    const { out, err } = await c.run(
      'run',
      'flow.yaml',
      'site=farm',
      'cut.above=1',
      '~label',
      '~twice',
      '--json',
    );
    expect(JSON.parse(out), err).toMatchObject({ outcome: 'done' });
  });
});

describe('--cfg and --info', () => {
  it('print the config as written, or with its interpolations followed', async () => {
    const c = consoleWith();
    for (const command of ['run', 'config']) {
      const job = await c.run(command, 'flow.yaml', '--cfg', 'job', 'site=farm');
      expect(job.out).toContain('site:\n  workers: 100\n');
      expect(job.out).toContain('label: cut at ${cut.above}\n');
      const resolved = await c.run(command, 'flow.yaml', '--cfg', 'resolved');
      expect(resolved.out).toContain('label: cut at 50\n');
    }
    const all = await c.run('run', 'flow.yaml', '-m', 'site=local,farm', '--cfg', 'job');
    expect(all.out).toMatch(
      /^--- # job 0: site=local\nsite:\n {2}workers: 2\n[\s\S]*--- # job 1: site=farm\n/,
    );
    // What is not set yet is no hindrance to looking at it.
    expect((await c.run('config', 'missing.yaml', '--cfg', 'job')).out).toBe(
      'cut:\n  above: ???\nlabel: ${nothing.here}\n',
    );
    expect((await c.run('config', 'flow.yaml', '--cfg', 'jb')).code).toBe(2);
  });

  it('print how it was composed', async () => {
    const c = consoleWith();
    expect((await c.run('run', 'flow.yaml', '--info', 'defaults-tree', 'site=farm')).out).toBe(
      'Defaults Tree\n*************\nflow:\n  site: farm\n  _self_\n',
    );
    expect((await c.run('config', 'flow.yaml', '--info', 'defaults')).out).toMatch(/site\/local +\| site/);
    const { out } = await c.run(
      'config',
      'flow.yaml',
      '--info',
      'searchpath',
      '--config-dir',
      'more',
      '--json',
    );
    expect(
      (JSON.parse(out) as { path: string }[]).map(({ path }) => path.slice(path.lastIndexOf('/') + 1)),
    ).toEqual([c.folder.slice(c.folder.lastIndexOf('/') + 1), 'conf', 'more']);
    expect((await c.run('config', 'common.yaml', '--info', 'defaults-tree')).out).toContain('\ncommon\n');
  });
});
