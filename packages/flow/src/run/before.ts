import type { Outcome } from '../types/events.ts';

/** `data`: the later task reads what the earlier one makes. `guard`: the outcome decides with the later one's guards. */
export type EdgeKind = 'data' | 'optional' | 'order' | 'guard';

/** How a task ended that others wait for. */
export interface Before {
  name: string;
  outcome: Outcome;
  /** It failed, and may: `allow_failure`. */
  allowed?: boolean;
  /** The failure behind it: its own, or that of the task that blocks it. */
  cause?: Cause;
}

/** A failure, as rescues see it. */
export interface Cause {
  task: string;
  message: string;
}
