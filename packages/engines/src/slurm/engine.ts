import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '@fasthep/flow/node';
import type { Attached, Engine, Launch, Launched } from '../drive/types.ts';
import { readLines, readRound } from '../round/folder.ts';
import type { TaskLine } from '../round/types.ts';
import { slurm, slurmVersion } from './commands.ts';
import { follow } from './follow.ts';
import { resourceOptions, type SlurmSettings, slurmSettings } from './settings.ts';
import { type Stage, slurmStages } from './stages.ts';
import type { Submitted } from './submitted.ts';

/** Slurm: array jobs that depend on each other; each member is a worker with a list of tasks. */
export function slurmEngine(): Engine {
  return {
    name: 'slurm',
    async prepare(settings) {
      slurmSettings(settings);
      await slurmVersion();
    },
    async launch(launch) {
      const settings = slurmSettings(launch.settings);
      const submitted = await submit(launch, settings);
      if (launch.memory) remember(launch.memory, launch.folder);
      return followed(launch.folder, submitted, settings, launch.memory);
    },
    async attach(memory, settings): Promise<Attached | undefined> {
      const folder = existsSync(memory) ? readFileSync(memory, 'utf8') : '';
      const path = join(folder, 'slurm.json');
      if (folder === '' || !existsSync(path)) return undefined;
      const submitted = JSON.parse(readFileSync(path, 'utf8')) as Submitted;
      const live = await slurm('squeue', ['-h', '-r', '-n', submitted.name, '-o', '%T']);
      if (live.trim() === '') {
        rmSync(memory, { force: true });
        return undefined;
      }
      return {
        folder,
        lines: readLines(join(folder, 'tasks.jsonl')),
        round: readRound(folder),
        what: `${live.trim().split('\n').length} jobs named ${submitted.name}`,
        launched: followed(folder, submitted, slurmSettings(settings), memory),
      };
    },
  };
}

function followed(folder: string, submitted: Submitted, settings: SlurmSettings, memory?: string): Launched {
  const done = follow(folder, submitted, settings.poll * 1000).finally(() => {
    if (memory) rmSync(memory, { force: true });
  });
  const cancel = () => void slurm('scancel', [`--name=${submitted.name}`]).catch(() => {});
  return { done, stop: cancel, kill: cancel };
}

/** Submits one array after the other. Should one be refused, those before it are taken back. */
async function submit(launch: Launch, settings: SlurmSettings): Promise<Submitted> {
  const { folder, lines, round } = launch;
  const name = `ff-${round.workflow.replace(/[^A-Za-z0-9_.-]+/g, '_').slice(0, 40)}-${randomBytes(4).toString('hex')}`;
  const stages = slurmStages(
    lines,
    (task) => resourceOptions(launch.resources(task)),
    settings,
    (task) => launch.about(task).kind === 'segment',
  );
  mkdirSync(join(folder, 'logs'), { recursive: true });
  mkdirSync(join(folder, 'jobs'), { recursive: true });
  const submitted: Submitted = { name, jobs: [] };
  const save = () => writeWhole(join(folder, 'slurm.json'), JSON.stringify(submitted));
  try {
    for (const [number, stage] of stages.entries()) {
      const id = await submitStage(launch, settings, name, number, stage, submitted);
      submitted.jobs.push({ id, members: stage.members.map((member) => member.map(({ task }) => task)) });
      save();
    }
  } catch (error) {
    await slurm('scancel', [`--name=${name}`]).catch(() => {});
    throw error;
  }
  return submitted;
}

async function submitStage(
  { folder, round }: Launch,
  settings: SlurmSettings,
  name: string,
  number: number,
  { members, options, after }: Stage,
  { jobs }: Submitted,
): Promise<string> {
  members.forEach((member, index) => {
    writeFileSync(join(folder, 'jobs', `${number}-${index}.jsonl`), text(member));
  });
  const command = [...round.command, folder].map(quoted).join(' ');
  const script = `#!/bin/sh
exec ${command} --tasks ${quoted(join(folder, 'jobs'))}/${number}-"$SLURM_ARRAY_TASK_ID".jsonl
`;
  const limit = settings.running === undefined ? '' : `%${settings.running}`;
  const words = [
    '--parsable',
    `--job-name=${name}`,
    `--array=0-${members.length - 1}${limit}`,
    `--output=${join(folder, 'logs')}/${number}-%a.log`,
    '--open-mode=append',
    '--requeue',
    // A job decides by the outcomes of the tasks before it, not by exit codes.
    ...(after.length > 0
      ? [`--dependency=${after.map((one) => `afterany:${jobs[one]!.id}`).join(',')}`]
      : []),
    ...settings.options,
    ...options,
  ];
  const answer = await slurm('sbatch', words, script);
  return answer.trim().split(';')[0]!;
}

const text = (lines: readonly TaskLine[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function remember(path: string, folder: string): void {
  writeWhole(path, folder);
}
