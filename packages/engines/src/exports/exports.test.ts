import { createRegistry, type GraphNode } from '@fasthep/flow';
import { numbersPlugin } from '@fasthep/flow/testing';
import { describe, expect, it } from 'vitest';
import { hamiltonModule } from '../hamilton/module.ts';
import { enginesPlugin } from '../plugin.ts';
import { aboutTasks } from '../round/about.ts';
import { faultsPlugin } from '../testing/faults.ts';
import { diamond, mapReduce } from '../testing/plans.ts';
import { roundFiles } from './round-files.ts';

const registry = createRegistry([numbersPlugin, faultsPlugin, enginesPlugin({ command: ['true'] })]);
const exporter = (name: string) =>
  registry
    .all('exporters')
    .map(({ item }) => item)
    .find((one) => one.name === name)!;
const graph = { format: 1 as const, name: 'numbers', nodes: [], streams: {} };
const options = { command: ['/opt/my tools/flow'], plugins: ['numbers'] };

describe('exports', () => {
  it('snakemake: a rule per family, edges as inputs', () => {
    const { files } = exporter('snakemake').write(graph, mapReduce(20), options);
    const text = files.Snakefile!;
    expect(text).toContain(`rule all:
    input:
        "done/minus/0",
`);
    expect(text).toContain(`rule events_rows:
    output:
        touch("done/events_rows/{i}"),
    params:
        task=lambda w: "events.rows[" + w.i + "]",
    shell:
        "'/opt/my tools/flow' worker . --task {params.task:q}"
`);
    expect(text).toContain('lambda w: BEFORE_EVENTS_ROWS_MERGE1[int(w.i)],');
    expect(text.match(/"done\/events_rows\/\d+"/g)?.length).toBe(21);
    expect(Object.keys(files)).toContain('plan.json');
  });

  it('htcondor: a job per task, parents and children, needs', () => {
    const plan = diamond();
    plan.families.at(-1)!.control = { resources: { cpus: 2, memory: '3GB', gpu: 1 } };
    const { files } = exporter('htcondor').write(graph, plan, options);
    const dag = files['workflow.dag']!.split('\n');
    expect(dag).toContain('JOB bottom bottom.sub');
    expect(dag).toContain('PARENT left right CHILD bottom');
    expect(dag).toContain('VARS events_rows_0 task="events.rows[0]" job="events_rows_0"');
    expect(files['bottom.sub']).toContain(`arguments = "'/opt/my tools/flow' worker . --task '$(task)'"`);
    expect(files['bottom.sub']).toMatch(/request_cpus = 2\nrequest_memory = 2862MB\nrequest_gpus = 1\n/);
  });

  it('reana: the Snakefile with an image; says what the platform does not see', () => {
    const { files, problems } = exporter('reana').write(graph, mapReduce(2), {
      ...options,
      image: 'me/flow:1',
    });
    expect(files['reana.yaml']).toMatch(/type: snakemake\n {2}file: Snakefile/);
    expect(files.Snakefile).toContain('container: "docker://me/flow:1"');
    expect(problems).toEqual([]);
    expect(exporter('reana').write(graph, mapReduce(2), options).problems).toMatchObject([
      { severity: 'warning' },
    ]);
    expect(exporter('reana').write(graph, undefined, options).problems).toMatchObject([
      { severity: 'error' },
    ]);
  });

  it('hamilton: a function for each task of the graph', () => {
    const node = (id: string, type: string, before: string[]): GraphNode => ({
      id,
      task: id,
      operator: 'numbers.add',
      semantics: 1,
      kind: 'row-wise',
      args: {},
      inputs: before.map((one) => ({ port: 'rows', node: one, output: 'rows' })),
      outputs: { out: { type } },
      control: {},
      source: '/tasks',
    });
    const nodes = [
      node('events', 'rows', []),
      node('a-1', 'rows', ['events']),
      node('lambda', 'total', ['a-1']),
    ];
    const { files } = exporter('hamilton').write({ ...graph, nodes }, undefined, {
      file: '/x/flow.yaml',
      ...options,
    });
    expect(Object.keys(files)).toEqual(['numbers_flow.py']);
    const text = files['numbers_flow.py']!;
    expect(text).toContain('def a_1(events: object) -> object:');
    expect(text).toContain('def task_lambda(a_1: object, config: dict = None) -> object:');
    expect(text).toContain('return _made("lambda", config)');
    expect(text).toContain('COMMAND = ["/opt/my tools/flow"]');
  });

  it('hamilton: functions with edges as parameters', () => {
    const plan = diamond();
    const { lines } = roundFiles(plan, { command: [], store: 'file:store', plugins: [] });
    expect(
      hamiltonModule('numbers', lines, aboutTasks(plan)),
    ).toContain(`@tag(task="bottom", family="bottom", kind="single")
def bottom(left: str, right: str) -> str:
    """The task 'bottom': numbers.negate."""
    return run("bottom")
`);
  });
});
