import { resolve } from 'node:path';
import { FlowError, suggest } from '@fasthep/flow';
import { type CliContext, print, printJson } from '../terminal/context.ts';
import { table } from '../terminal/table.ts';
import { bytes, count, duration } from '../terminal/units.ts';
import type { CommonFlags } from '../workflow/lazy.ts';
import { listRuns, type Run } from '../workflow/runs.ts';

type Flags = CommonFlags & {
  out?: string;
};

/** `runs [RUN]` */
export default async function runs(this: CliContext, flags: Flags, run?: string): Promise<void> {
  const base = resolve(this.process.cwd(), flags.out ?? 'runs');
  const all = listRuns(base);
  if (run !== undefined) {
    const one = all.find(
      ({ name, path }) =>
        name === run || path === resolve(this.process.cwd(), run) || name.endsWith(`/${run}`),
    );
    if (!one)
      throw new FlowError(
        'FLOW-R008',
        `there is no run '${run}' in ${base}`,
        suggest(
          run,
          all.map(({ name }) => name),
        ),
      );
    if (flags.json) printJson(this, one);
    else print(this, details(one));
    return;
  }
  if (flags.json) {
    printJson(this, all);
    return;
  }
  const rows = all.map(({ name, provenance: p }) => [
    name,
    p?.outcome ?? 'not finished',
    p ? duration(p.milliseconds) : '',
    p ? count(p.rows) : '',
    p ? bytes(p.bytes) : '',
  ]);
  print(
    this,
    rows.length > 0 ? table(['run', 'outcome', 'time', 'rows', 'read'], rows) : `no runs in ${base}`,
  );
}

function details({ path, provenance: p }: Run): string {
  if (!p) return `${path}\nnot finished: run it again, what is stored is reused`;
  const pairs = [
    ['folder', path],
    ['command', p.command.join(' ')],
    ['outcome', p.outcome],
    ['started', p.started],
    ['took', duration(p.milliseconds)],
    ['read', `${count(p.rows)} rows, ${bytes(p.bytes)}`],
    [
      'tasks',
      Object.entries(p.tasks)
        .map(([name, n]) => `${n} ${name}`)
        .join(', '),
    ],
    ['commit', p.commit ?? 'none'],
    [
      'versions',
      Object.entries(p.versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
    ['host', `${p.host.name}, ${p.host.system}, ${p.host.cpus} CPUs`],
    ...p.inputs.map(({ dataset, path: file, size }) => [
      'input',
      `${file}  ${bytes(size)}${dataset ? `  (${dataset})` : ''}`,
    ]),
  ];
  return pairs.map(([name, text]) => `${name!.padEnd(9)} ${text}`).join('\n');
}
