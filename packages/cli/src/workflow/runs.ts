import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Provenance, runReader } from '@fasthep/flow/node';

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
    .map((name): Run => {
      const path = join(base, name);
      const text = runReader(path).text('provenance.json');
      return { name, path, ...(text ? { provenance: JSON.parse(text) as Provenance } : {}) };
    })
    .sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1));
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
