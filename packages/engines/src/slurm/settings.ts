import { FlowError, type JsonObject, parseBytes } from '@fasthep/flow';

/** What a user says under `run.slurm`. */
export interface SlurmSettings {
  /** Jobs of one stage at most: tasks are grouped so that there are no more. */
  jobs: number;
  /** Tasks of one job at least, where there are so many. */
  tasksPerJob: number;
  /** Jobs of one stage that may run at the same time; absent: as many as the cluster lets. */
  running?: number;
  /** Seconds between two questions to the controller. */
  poll: number;
  /** Options for sbatch, as they are. */
  options: string[];
}

const TEXTS = {
  partition: 'partition',
  account: 'account',
  qos: 'qos',
  time: 'time',
  constraint: 'constraint',
};
const NUMBERS = ['jobs', 'tasks_per_job', 'running', 'poll'];

/** Reads and checks `run.slurm`. */
export function slurmSettings(settings: JsonObject): SlurmSettings {
  const given = (settings.slurm ?? {}) as JsonObject;
  const known = [...Object.keys(TEXTS), ...NUMBERS, 'options'];
  for (const [key, value] of Object.entries(given)) {
    if (!known.includes(key)) throw wrong(`run.slurm has no '${key}'`, `there are: ${known.join(', ')}`);
    if (NUMBERS.includes(key) && !(typeof value === 'number' && value > 0))
      throw wrong(`run.slurm.${key} must be a number above 0`);
  }
  const texts = Object.entries(TEXTS).flatMap(([key, option]) =>
    given[key] === undefined ? [] : [`--${option}=${String(given[key])}`],
  );
  const options = given.options ?? [];
  if (!Array.isArray(options)) throw wrong('run.slurm.options must be a list', "for example ['--exclusive']");
  return {
    jobs: Number(given.jobs ?? 100),
    tasksPerJob: Number(given.tasks_per_job ?? 1),
    ...(given.running === undefined ? {} : { running: Number(given.running) }),
    poll: Number(given.poll ?? 2),
    options: [...texts, ...options.map(String)],
  };
}

/** Options of sbatch for the `resources` of a task. */
export function resourceOptions(resources: JsonObject): string[] {
  const { cpus, memory, gpu, label } = resources;
  const options: string[] = [];
  if (typeof cpus === 'number') options.push(`--cpus-per-task=${Math.ceil(cpus)}`);
  if (typeof memory === 'string') options.push(`--mem=${Math.ceil((parseBytes(memory) ?? 0) / 2 ** 20)}M`);
  if (typeof gpu === 'number' && gpu > 0) options.push(`--gpus=${gpu}`);
  else if (gpu === true) options.push('--gpus=1');
  if (label !== undefined && label !== null) options.push(`--constraint=${[label].flat().join('&')}`);
  return options;
}

function wrong(message: string, help?: string): FlowError {
  return new FlowError('FLOW-R009', message, help);
}
