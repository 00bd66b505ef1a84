import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { befores, levels } from '../round/lines.ts';
import type { TaskLine } from '../round/types.ts';
import { resourceOptions, slurmSettings } from './settings.ts';
import { slurmStages } from './stages.ts';

const line = (task: string, ...after: string[]): TaskLine => ({
  task,
  ...(after.length > 0 ? { after: after.map((name): [string, 'data'] => [name, 'data']) } : {}),
});
const names = (members: TaskLine[][]) => members.map((member) => member.map(({ task }) => task));
const none = () => [];

describe('stages of array jobs', () => {
  it('group the tasks of a level, and join small levels in a row', () => {
    const parts = Array.from({ length: 10 }, (_, i) => line(`p${i}`));
    const lines = [
      ...parts,
      line('sum', ...parts.map(({ task }) => task)),
      line('plot', 'sum'),
      line('table', 'sum'),
    ];
    const stages = slurmStages(lines, none, { jobs: 4, tasksPerJob: 1 });
    expect(stages.map(({ members }) => names(members))).toEqual([
      [['p0', 'p1', 'p2'], ['p3', 'p4', 'p5'], ['p6', 'p7', 'p8'], ['p9']],
      [['sum', 'plot', 'table']],
    ]);
    expect(stages[1]!.after).toEqual([0]);
    expect(slurmStages(lines, none, { jobs: 100, tasksPerJob: 5 })[0]!.members.length).toBe(2);
  });

  it('keep heavy tasks apart, however few', () => {
    const lines = [line('p0'), line('p1'), line('sum', 'p0', 'p1'), line('plot', 'sum')];
    const heavy = (task: string) => task.startsWith('p') && task !== 'plot';
    const stages = slurmStages(lines, none, { jobs: 4, tasksPerJob: 1 }, heavy);
    expect(stages.map(({ members }) => names(members))).toEqual([[['p0'], ['p1']], [['sum', 'plot']]]);
  });

  it('hold every task once, behind what it waits for', () => {
    const graphs = fc.array(
      fc.record({ before: fc.array(fc.nat(30), { maxLength: 4 }), kind: fc.constantFrom('a', 'b') }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 6 }), (nodes, jobs) => {
        const lines = nodes.map(({ before }, i) =>
          line(`t${i}`, ...[...new Set(before.filter((one) => one < i))].map((one) => `t${one}`)),
        );
        const kind = (task: string) => [`--x=${nodes[Number(task.slice(1))]!.kind}`];
        const stages = slurmStages(lines, kind, { jobs, tasksPerJob: 1 });
        expect(stages.flatMap(({ members }) => members.flat()).length).toBe(lines.length);
        const seen = new Map<string, { stage: number; member: number }>();
        stages.forEach(({ members, options, after }, stage) => {
          expect(after.every((one) => one < stage)).toBe(true);
          members.forEach((member, at) => {
            for (const one of member) {
              expect(kind(one.task)).toEqual(options);
              for (const name of befores(one)) {
                const before = seen.get(name)!;
                // Earlier in the same list, or in a stage that has ended.
                if (before.stage === stage) expect(before.member).toBe(at);
                else expect(after).toContain(before.stage);
              }
              seen.set(one.task, { stage, member: at });
            }
          });
        });
      }),
    );
  });
});

describe('settings', () => {
  it('become options of sbatch', () => {
    const { options, jobs } = slurmSettings({
      slurm: { partition: 'long', time: '2:00:00', jobs: 7, options: ['--exclusive'] },
    });
    expect(options).toEqual(['--partition=long', '--time=2:00:00', '--exclusive']);
    expect(jobs).toBe(7);
    expect(resourceOptions({ cpus: 2, memory: '2GiB', gpu: 1, label: ['fast', 'big'] })).toEqual([
      '--cpus-per-task=2',
      '--mem=2048M',
      '--gpus=1',
      '--constraint=fast&big',
    ]);
    expect(() => slurmSettings({ slurm: { partitoin: 'x' } })).toThrow(/run.slurm has no 'partitoin'/);
    expect(() => slurmSettings({ slurm: { jobs: 0 } })).toThrow(/must be a number above 0/);
  });

  it('levels count what stands before', () => {
    expect(levels([line('a'), line('b', 'a'), line('c', 'a', 'b')])).toEqual([0, 1, 2]);
  });
});
