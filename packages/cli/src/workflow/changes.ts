import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Change, FlowError, type Planned } from '@fasthep/flow';
import { runReader } from '@fasthep/flow/node';
import type { Paint } from '../terminal/colour.ts';
import { listRuns } from './runs.ts';

/** Graph and plan of a run directory. */
export function plannedOf(path: string): Planned {
  const reader = runReader(path);
  const [graph, plan] = ['graph.json', 'plan.json'].map((name) => reader.text(name));
  if (graph === undefined || plan === undefined) {
    throw new FlowError('FLOW-R008', `${path} is not the folder of a run`, "'fasthep-flow runs' lists them");
  }
  return { graph: JSON.parse(graph), plan: JSON.parse(plan) } as Planned;
}

/** A run by its folder, its time or its name; without one the last of a workflow. */
export function findRun(
  cwd: string,
  workflow: string | undefined,
  run: string | undefined,
): string | undefined {
  const all = listRuns(join(cwd, 'runs'));
  if (run === undefined) return all.findLast(({ name }) => name.startsWith(`${workflow}/`))?.path;
  const named = all.find(({ name }) => name === run || name.endsWith(`/${run}`))?.path;
  const path = named ?? resolve(cwd, run);
  if (existsSync(path)) return path;
  throw new FlowError('FLOW-R008', `there is no run '${run}'`, "'fasthep-flow runs' lists them");
}

/** One change as a line: `~ muons: argument by: 1 → 2`. */
export function changeLine({ node, what, path, before, after }: Change, colours: Paint): string {
  if (what === 'added') return colours('green', `+ ${node}`);
  if (what === 'removed') return colours('red', `- ${node}`);
  const name = [what, path].filter(Boolean).join(' ');
  const texts = [before, after].map((value) => (value === undefined ? 'none' : shortened(value)));
  if (what === 'file') {
    const does = before === undefined ? 'is new' : after === undefined ? 'is gone' : 'has other content';
    return `${colours('yellow', '~')} ${node}: ${name} ${does}`;
  }
  return `${colours('yellow', '~')} ${node}: ${name}: ${texts[0]} → ${texts[1]}`;
}

function shortened(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
