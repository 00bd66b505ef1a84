import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Provenance, runReader } from '@fasthep/flow/node';

/** Written into the folder of several runs: the file, the words, and the words of each run. */
export const MULTIRUN = 'multirun.yaml';

/** One run that lies in a folder. */
export interface Run {
  name: string;
  path: string;
  provenance?: Provenance;
}

/** The runs in a folder, the oldest first. */
export function listRuns(base: string): Run[] {
  return folders(base)
    .flatMap((workflow) => folders(join(base, workflow)).map((time) => `${workflow}/${time}`))
    .flatMap((name) => jobsOf(base, name))
    .map((name): Run => {
      const path = join(base, name);
      const text = runReader(path).text('provenance.json');
      return { name, path, ...(text ? { provenance: JSON.parse(text) as Provenance } : {}) };
    })
    .sort((a, b) => timeOf(a).localeCompare(timeOf(b), 'en', { numeric: true }));
}

/** The numbered runs of a multirun, or the run itself. */
function jobsOf(base: string, name: string): string[] {
  if (runReader(join(base, name)).text(MULTIRUN) === undefined) return [name];
  return folders(join(base, name)).map((number) => `${name}/${number}`);
}

const timeOf = ({ name }: Run) => name.slice(name.indexOf('/') + 1);

function folders(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name);
  } catch {
    return [];
  }
}
