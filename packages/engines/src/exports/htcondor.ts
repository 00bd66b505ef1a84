import type { Exporter, Family, Plan } from '@fasthep/flow';
import { resourcesOf } from '../drive/resources.ts';
import { identifiers } from '../python/identifiers.ts';
import { befores } from '../round/lines.ts';
import type { TaskLine } from '../round/types.ts';
import { exportOptions, roundFiles } from './round-files.ts';
import { megabytes, noPlan } from './text.ts';

/** Plan → submit descriptions and a DAGMan file. */
export const htcondorExporter: Exporter = {
  name: 'htcondor',
  doc: 'A DAGMan file and a submit description for each family of tasks; all machines see the folder.',
  write(_, plan, options) {
    if (!plan) return noPlan('htcondor');
    const { command, image, ...read } = exportOptions(options);
    const { files, lines } = roundFiles(plan, { command, ...read });
    const names = identifiers(plan.families.map(({ id }) => id));
    const submits = plan.families.map((family): [string, string] => [
      `${names.get(family.id)}.sub`,
      submitFile(plan, family, command, image),
    ]);
    return {
      files: {
        'workflow.dag': dagFile(plan, lines, names),
        ...Object.fromEntries(submits),
        'logs/README.txt': 'What HTCondor and the tasks wrote.\n',
        ...files,
      },
      problems: [],
    };
  },
};

/** A submit description for the tasks of a family; DAGMan fills in `task` and `job`. */
export function submitFile(plan: Plan, family: Family, command: readonly string[], image?: string): string {
  const { cpus, memory, gpu } = resourcesOf(plan, family.size === 1 ? family.id : `${family.id}[0]`);
  // Within the double quotes of `arguments`, single quotes hold a word together.
  const words = [...command, 'worker', '.', '--task'].map((word) =>
    /[\s'"]/.test(word) ? `'${word.replaceAll("'", "''").replaceAll('"', '""')}'` : word,
  );
  return `# Tasks of ${family.id}
universe = ${image ? 'container' : 'vanilla'}
${image ? `container_image = docker://${image}\n` : ''}executable = /usr/bin/env
arguments = "${words.join(' ')} '$(task)'"
should_transfer_files = NO
getenv = true
output = logs/$(job).out
error = logs/$(job).err
log = logs/workflow.log
request_cpus = ${typeof cpus === 'number' ? Math.ceil(cpus) : 1}
request_memory = ${typeof memory === 'string' ? megabytes(memory) : 2048}MB
${typeof gpu === 'number' && gpu > 0 ? `request_gpus = ${gpu}\n` : gpu === true ? 'request_gpus = 1\n' : ''}queue 1
`;
}

/** The DAG: a job for each task. */
export function dagFile(
  plan: Plan,
  lines: readonly TaskLine[],
  families: ReadonlyMap<string, string>,
): string {
  const jobs = identifiers(lines.map(({ task }) => task));
  const familyOf = (task: string) => task.replace(/\[\d+\]$/, '');
  const known = (task: string) => families.get(task) ?? families.get(familyOf(task))!;
  const nodes = lines.flatMap(({ task }) => {
    const job = jobs.get(task)!;
    return [
      `JOB ${job} ${known(task)}.sub`,
      `VARS ${job} task="${task.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}" job="${job}"`,
    ];
  });
  const edges = lines.flatMap((line) => {
    const before = befores(line);
    return before.length > 0
      ? [`PARENT ${before.map((one) => jobs.get(one)).join(' ')} CHILD ${jobs.get(line.task)}`]
      : [];
  });
  return `# The workflow ${plan.name}, for HTCondor: condor_submit_dag workflow.dag\n${[...nodes, ...edges].join('\n')}\n`;
}
