import type { Guard } from '../../types/definition.ts';
import type { Outcome } from '../../types/events.ts';

/**
 * Whether a task may work as far as its guards go, from the outcomes of the tasks that they name. `failed`: one of
 * them failed (a task that was blocked by such a one counts with it). `ended`: whatever became of them.
 */
export function guardsHold(
  guards: readonly Guard[],
  outcomeOf: (task: string) => Outcome | undefined,
): boolean {
  return guards.every(
    ({ when, tasks }) => when === 'ended' || tasks.some((task) => outcomeOf(task) === 'failed'),
  );
}
