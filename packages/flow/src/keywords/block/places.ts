import { copyPlaces } from '../../definition/index.ts';
import type { Definition, TaskDefinition } from '../../types/definition.ts';
import type { Json } from '../../types/json.ts';

/** Gives a task its places at `target`, with those of tasks that it holds itself. */
export function placeBelow(from: Definition, task: TaskDefinition, to: Definition, target: string): void {
  const at = task.source;
  const { origins, keyOrigins } = from;
  if (origins[at]) to.origins[target] = origins[at];
  if (keyOrigins[at]) to.keyOrigins[target] = keyOrigins[at];
  copyPlaces(from, `${at}/operator`, to, `${target}/operator`, null);
  copyPlaces(from, `${at}/args`, to, `${target}/args`, task.args);
  copyPlaces(from, `${at}/needs`, to, `${target}/needs`, (task.needs ?? []) as unknown as Json);
  copyPlaces(from, `${at}/control`, to, `${target}/control`, task.control);
}
