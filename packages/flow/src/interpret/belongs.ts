/** A name of the wrong set: conditions about tasks and expressions about rows see different names. */
import type { Definition } from '../types/definition.ts';
import type { Json } from '../types/json.ts';
import type { Problem } from '../types/problem.ts';

/** The text at a path in a task's arguments. */
function textAt(value: Json, path: readonly (string | number)[]): string | undefined {
  let current: Json | undefined = value;
  for (const key of path) {
    if (current === null || typeof current !== 'object') return undefined;
    current = (current as { [key: string]: Json })[key];
  }
  return typeof current === 'string' ? current : undefined;
}

/** The problem of an unknown name, with where that name belongs if it is config or a result of a task. */
export function withBelonging(
  problem: Problem,
  definition: Definition,
  task: string,
  path: readonly (string | number)[],
  span: readonly [number, number] | undefined,
): Problem {
  if (problem.code !== 'unknown-name' || !span) return problem;
  const name = textAt(definition.tasks[task]?.args ?? null, path)?.slice(...span);
  const root = name?.split('.')[0];
  if (name === undefined || root === undefined) return problem;
  if (Object.hasOwn(definition.values, root))
    return {
      ...problem,
      help: `'${root}' is config, pasted as \${${name}}; expressions about rows see fields`,
    };
  const tasks = Object.entries(definition.tasks);
  if (tasks.some(([one, { instance }]) => one === root || instance?.task === root))
    return {
      ...problem,
      help: `'${root}' is a task: results are for conditions and values about tasks ('when', 'that', 'scale')`,
    };
  return problem;
}
