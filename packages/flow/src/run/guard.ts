/** What a task makes of the outcome of one before it. The same rule for every engine. */
import type { Outcome } from '../types/events.ts';
import type { DagEdge } from './dag.ts';

/** How a task ended that others wait for. */
export interface Before {
  name: string;
  outcome: Outcome;
  /** It failed, and may: `allow_failure`. */
  allowed?: boolean;
}

/** Why a task does not run after `before`; undefined: this edge does not keep it from running. */
export function guardOf(
  kind: DagEdge['kind'],
  { name, outcome, allowed = false }: Before,
): { outcome: 'skipped' | 'blocked'; reason: string } | undefined {
  if (outcome === 'done' || outcome === 'reused') return undefined;
  if (kind === 'data' && (outcome === 'skipped' || allowed)) {
    const what = outcome === 'failed' ? 'allowed to fail' : 'skipped';
    return { outcome: 'skipped', reason: `no input: ${name} was ${what}` };
  }
  if (kind === 'data' || (kind === 'order' && outcome !== 'skipped' && !allowed))
    return { outcome: 'blocked', reason: `${name} ${outcome === 'failed' ? 'failed' : 'was blocked'}` };
  return undefined;
}
