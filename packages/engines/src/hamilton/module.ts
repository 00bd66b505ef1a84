/** The tasks of a round as a module for Apache Hamilton. */
import { identifiers } from '../python/identifiers.ts';
import { docstring, pythonText } from '../python/text.ts';
import type { About } from '../round/about.ts';
import { befores } from '../round/lines.ts';
import type { TaskLine } from '../round/types.ts';

/** One function per task; parameters are the tasks before it; tags say family, kind and dataset. */
export function hamiltonModule(
  workflow: string,
  lines: readonly TaskLine[],
  about: (task: string) => About,
): string {
  const names = identifiers(lines.map(({ task }) => task));
  const functions = lines.map((line) => {
    const { text, ...tags } = about(line.task);
    const words = Object.entries({ task: line.task, ...tags })
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => `${key}=${pythonText(value!)}`);
    const parameters = befores(line).map((name) => `${names.get(name)!}: str`);
    const list = parameters.join(', ');
    const head = list.length < 80 ? `(${list})` : `(\n${parameters.map((one) => `    ${one},\n`).join('')})`;
    return [
      `@tag(${words.join(', ')})`,
      `def ${names.get(line.task)}${head} -> str:`,
      `    ${docstring(text)}`,
      `    return run(${pythonText(line.task)})`,
    ].join('\n');
  });
  const head = `"""The workflow ${workflow} for Apache Hamilton.

Each function is one task of the plan; its parameters are the tasks that have their turn before it. A function
gives the outcome of its task ("done", "reused", "skipped", "failed", "blocked"); results lie in the store.
"""

from hamilton.function_modifiers import tag

from fasthep_flow.here import tasks_beside

run = tasks_beside(__file__)`;
  return `${[head, ...functions].join('\n\n\n')}\n`;
}
