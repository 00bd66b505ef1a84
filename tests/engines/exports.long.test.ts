/** Exports, read and run by the programs that they are for. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRegistry, type Exporter, inProcess, memoryStore, type Plan, runPlan } from '@fasthep/flow';
import { fileStore } from '@fasthep/flow/node';
import { numbersPlugin } from '@fasthep/flow/testing';
import { environment } from '@fasthep/python';
import { afterAll, describe, expect, it } from 'vitest';
import { enginesPlugin } from '../../packages/engines/src/index.ts';
import { PYTHON_ENGINES } from '../../packages/engines/src/python/specs.ts';
import { faultsPlugin, mapReduce, withFaults } from '../../packages/engines/src/testing/index.ts';
import { without } from './python.ts';
import { buildWorker } from './support.ts';

const registry = createRegistry([numbersPlugin, faultsPlugin]);

describe.skipIf(without)(without ? `exports: ${without}` : 'exports', () => {
  const built = buildWorker();
  const folders: string[] = [];
  afterAll(() => {
    built.dispose();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  // The workers of the tests are no command with a word 'worker': one in front takes it away.
  const shim = () => {
    const folder = mkdtempSync(join(tmpdir(), 'shim-'));
    folders.push(folder);
    const path = join(folder, 'flow.sh');
    writeFileSync(path, `#!/bin/sh\nshift\nexec ${built.command.join(' ')} "$@"\n`, { mode: 0o755 });
    return path;
  };
  const write = (name: string, plan: Plan): string => {
    const { exporters = [] } = enginesPlugin(built);
    const exporter = exporters.find((one): one is Exporter => one.name === name)!;
    const graph = { format: 1 as const, name: 'numbers', nodes: [], streams: {} };
    const { files } = exporter.write(graph, plan, { command: [shim()], plugins: built.plugins });
    const folder = mkdtempSync(join(tmpdir(), `${name}-`));
    folders.push(folder);
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    return folder;
  };
  const python = async (name: string, requirement: string, module: string) =>
    (
      await environment(
        { name, requirements: [requirement], modules: [module] },
        { create: true, log: console.info },
      )
    ).python;

  it('snakemake runs it, with the bytes of the native engine', async () => {
    const snakemake = await python('snakemake', 'snakemake==9.27.1', 'snakemake');
    const plan = mapReduce(3);
    const folder = write('snakemake', plan);
    execFileSync(snakemake, ['-m', 'snakemake', '--cores', '2', '--quiet'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const alone = memoryStore();
    for await (const _ of runPlan(plan, alone, { executor: () => inProcess(plan, alone, registry) }));
    const keys = plan.products.map(({ key }) => key);
    expect(await fileStore(join(folder, 'store')).get(keys)).toEqual(await alone.get(keys));
  });

  it('snakemake goes on after a failure was mended', async () => {
    const snakemake = await python('snakemake', 'snakemake==9.27.1', 'snakemake');
    const folder = mkdtempSync(join(tmpdir(), 'mark-'));
    folders.push(folder);
    const plan = withFaults([
      { node: 'bad', fault: 'flaky', args: { mark: join(folder, 'mark'), times: 1 }, reads: ['all'] },
    ]);
    const exported = write('snakemake', plan);
    const run = () =>
      spawnSync(snakemake, ['-m', 'snakemake', '--cores', '2', '--quiet', '--keep-going'], {
        cwd: exported,
        encoding: 'utf8',
      });
    expect(run().status).not.toBe(0);
    const again = run();
    expect(again.stderr).not.toMatch(/error/i);
    expect(again.status).toBe(0);
    expect(readFileSync(join(folder, 'mark'), 'utf8')).toBe('xx');
  });

  it('hamilton imports the module of a graph, executes parts of it and overrides config', async () => {
    const { python: hamilton } = await environment(PYTHON_ENGINES.hamilton!, {
      create: true,
      log: console.info,
    });
    const root = join(import.meta.dirname ?? '.', '../..');
    const command = `${process.execPath} ${join(root, 'packages/cli/dist/bundle/bin.js')}`;
    const folder = mkdtempSync(join(tmpdir(), 'notebook-'));
    folders.push(folder);
    const words = [
      'export',
      'hamilton',
      join(root, 'examples/dimuon/flow.yaml'),
      '--to',
      join(folder, 'module'),
    ];
    execFileSync(process.execPath, [...command.split(' ').slice(1), ...words, '--command', command], {
      cwd: folder,
    });
    const code = `import json, glob, os, sys
sys.path.insert(0, "module")
from hamilton import driver
name = os.path.basename(glob.glob("module/*_flow.py")[0])[:-3]
flow = __import__(name)
built = driver.Builder().with_modules(flow).build()
def entries(config):
    made = built.execute(["select"], inputs={"config": config})["select"]
    return open([one for one in made["select_report"] if one.endswith(".csv")][0]).read()
print(json.dumps([[one.name for one in built.what_is_upstream_of("n_muons") if one.tags], entries({}), entries({"selection.pt": 60})]))`;
    const text = execFileSync(hamilton, ['-c', code], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [upstream, usual, changed] = JSON.parse(text) as [string[], string, string];
    expect(upstream).toEqual(expect.arrayContaining(['events', 'weights', 'muons', 'n_muons']));
    expect(usual.split('\n').length).toBeGreaterThan(3);
    expect(changed).not.toBe(usual);
  });

  it('the bindings of htcondor read the submit descriptions and the arguments as they were meant', async () => {
    const condor = await python('htcondor', 'htcondor==25.14.1', 'htcondor2');
    const folder = write('htcondor', mapReduce(3));
    const code = `import htcondor2, json, sys, glob
out = {}
for name in sorted(glob.glob("*.sub")):
    submit = htcondor2.Submit(open(name).read())
    out[name] = {key: submit[key] for key in ("executable", "arguments", "request_cpus", "log")}
print(json.dumps(out))`;
    const text = execFileSync(condor, ['-c', code], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, CONDOR_CONFIG: '/dev/null' },
    });
    const read = JSON.parse(text) as Record<string, Record<string, string>>;
    expect(Object.keys(read)).toEqual([
      'events_rows.sub',
      'events_rows_finish.sub',
      'events_rows_merge1.sub',
      'minus.sub',
    ]);
    expect(read['events_rows.sub']).toMatchObject({ executable: '/usr/bin/env', request_cpus: '1' });
    expect(read['events_rows.sub']!.arguments).toMatch(/worker \. --task '\$\(task\)'/);
  });
});
