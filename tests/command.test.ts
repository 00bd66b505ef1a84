/** The built command as a user runs it, in a folder of their own. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const project = resolve(import.meta.dirname, '..');
const bin = join(project, 'packages/cli/dist/bundle/bin.js');
let folder: string;
beforeAll(() => {
  if (!existsSync(bin)) throw new Error('build first: npm run build');
  folder = mkdtempSync(join(tmpdir(), 'flow-command-'));
  cpSync(join(project, 'examples/dimuon'), join(folder, 'dimuon'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function flow(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  return { status, stdout, stderr };
}
const runs = () => readdirSync(join(folder, 'runs/flow')).sort();

describe('run', () => {
  test('makes cutflow, histograms, figures and a report; a second run reads nothing', () => {
    const first = flow('run', 'dimuon/flow.yaml');
    expect(first.status, first.stderr).toBe(0);
    const [name] = runs();
    const made = readdirSync(join(folder, 'runs/flow', name!));
    expect(made).toEqual(expect.arrayContaining(['mass.svg', 'products', 'report.html', 'events.jsonl']));
    const cutflow = readFileSync(
      join(folder, 'runs/flow', name!, 'products/select_report.csv'),
      'utf8',
    ).split('\n');
    expect(cutflow[0]!.split(',').slice(0, 3)).toEqual(['dataset', 'cut', 'n']);
    expect(cutflow.filter((line) => line.startsWith('zz,')).map((line) => line.split(',')[2])).toEqual([
      '2421',
      '1235',
      '1235',
      '1232',
    ]);

    rmSync(join(folder, 'runs'), { recursive: true });
    const second = flow('run', 'dimuon/flow.yaml');
    expect(second.status).toBe(0);
    expect(second.stdout + second.stderr).toContain('everything was cached, nothing read');
    const again = readdirSync(join(folder, 'runs/flow', runs()[0]!));
    expect(again.sort()).toEqual(made.sort());
  });

  test('an override changes the result', () => {
    const { status, stdout } = flow('run', 'dimuon/flow.yaml', 'selection.pt=30', '--json');
    expect(status).toBe(0);
    expect(() => JSON.parse(stdout)).not.toThrow();
    const latest = join(folder, 'runs/flow', runs().at(-1)!);
    const rows = readFileSync(join(latest, 'products/select_report.csv'), 'utf8').split('\n');
    expect(rows.find((row) => row.startsWith('zz,leading_pt'))!.split(',')[2]).toBe('1209');
    expect(JSON.parse(readFileSync(join(latest, 'config.json'), 'utf8')).value.selection.pt).toBe(30);
  });

  test('the report can be made again from the run directory, in a new process', () => {
    const latest = join(folder, 'runs/flow', runs().at(-1)!);
    const before = readFileSync(join(latest, 'report.html'), 'utf8');
    rmSync(join(latest, 'report.html'));
    expect(flow('report', latest).status).toBe(0);
    expect(readFileSync(join(latest, 'report.html'), 'utf8')).toBe(before);
    expect(before).not.toMatch(/(src|href)="https?:/);
  });
});

describe('every stage', () => {
  test.each(['config', 'definition', 'graph', 'plan'])('%s prints JSON', (stage) => {
    const { status, stdout, stderr } = flow(stage, 'dimuon/flow.yaml', '--json');
    expect(status, stderr).toBe(0);
    expect(Object.keys(JSON.parse(stdout)).length).toBeGreaterThan(0);
  });

  test('names no host and no time', () => {
    const one = flow('plan', 'dimuon/flow.yaml', '--json').stdout;
    expect(flow('plan', 'dimuon/flow.yaml', '--json').stdout).toBe(one);
  });
});

describe('wrong input ends with 2, the place and a fix, and leaves nothing behind', () => {
  const good = `
tasks:
  events: {read: {files: dimuon/data/zz.root, tree: events}}
  some: {filter: NMuon >= 2}
  n: {hist: {x: {field: NMuon, bins: [5, 0, 5]}}}
`;
  const cases: [string, string, string[]][] = [
    ['a misspelt branch', good.replace('NMuon >=', 'NMuons >='), ['wrong.yaml:4:18', 'NMuons', "'NMuon'"]],
    ['a misspelt operator', good.replace('hist:', 'hsit:'), ['wrong.yaml:5:7', 'hsit', "'hist'"]],
    [
      'a misspelt keyword',
      good.replace('{filter', '{whne: true, filter'),
      ['wrong.yaml:4:10', 'whne', "'when'"],
    ],
    ['no such file', good.replace('zz.root', 'zy.root'), ['wrong.yaml:3:26', 'zy.root']],
    ['no such tree', good.replace('tree: events', 'tree: event'), ['wrong.yaml:3:53', "'events'"]],
    ['not a ROOT file', good.replace('dimuon/data/zz.root', 'text.root'), ['wrong.yaml:3:26', 'text.root']],
    ['a truncated file', good.replace('dimuon/data/zz.root', 'half.root'), ['half.root']],
    ['an object-level cut', good.replace('NMuon >= 2', 'Muon.pt > 2'), ['wrong.yaml:4:18', 'any(']],
    ['a text where a number is due', good.replace('NMuon >= 2', "NMuon >= 'two'"), ['wrong.yaml:4:1']],
    ['a duplicate key', `${good}  n: {filter: NMuon > 1}\n`, ['wrong.yaml:6:3', '5']],
    ['an unset value', good.replace('NMuon >= 2', `"NMuon >= \${cuts.n}"`), ['wrong.yaml:4', 'cuts.n']],
    ['bad YAML', `${good}  x: a: b\n`, ['wrong.yaml:6']],
  ];
  test.each(cases)('%s', (_, text, expected) => {
    writeFileSync(join(folder, 'wrong.yaml'), text);
    writeFileSync(join(folder, 'text.root'), 'this is not a ROOT file, whatever its name says\n'.repeat(10));
    const whole = readFileSync(join(folder, 'dimuon/data/zz.root'));
    writeFileSync(join(folder, 'half.root'), whole.subarray(0, whole.length / 2));
    const { status, stdout, stderr } = flow('run', 'wrong.yaml');
    for (const part of expected) expect(stderr).toContain(part);
    expect(stderr).not.toMatch(/\n\s+at .*\.[jt]s:\d+/);
    expect(stdout).toBe('');
    expect(status).toBe(2);
    expect(existsSync(join(folder, 'runs/wrong'))).toBe(false);
  });
});
