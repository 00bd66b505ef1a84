/** What tasks take of the machine, so that not more run at once than it holds. Never shows in a result. */
import { parseBytes } from '../plan/partition.ts';
import type { Family } from '../types/plan.ts';

/** What a task takes while it runs. */
export interface Share {
  /** Slots; a task that wants more than there are gets all of them. */
  cpus: number;
  /** Bytes that it holds. */
  memory: number;
}

/** Compressed columns become about so many times as large in memory. */
const UNPACKED = 4;

/**
 * The share of a task: what its `resources` say; else one slot, and for a partition its part of the file, unpacked.
 * What merges and single tasks hold is small beside that, unless they say otherwise.
 */
export function shareOf(family: Family, index: number): Share {
  const { resources } = family.control as { resources?: { cpus?: number; memory?: string } };
  return {
    cpus: Math.max(1, Math.ceil(resources?.cpus ?? 1)),
    memory: parseBytes(resources?.memory ?? '') ?? partitionBytes(family, index),
  };
}

function partitionBytes(family: Family, index: number): number {
  if (family.kind !== 'segment' || 'product' in family.source) return 0;
  const [file, , parts] = family.partitions[index]!;
  return (UNPACKED * family.files[file]!.size) / parts;
}

/** Slots and bytes that are taken. */
export interface Budget {
  /** Whether a task may begin now. One may always: a task that is larger than the budget runs alone. */
  fits(share: Share): boolean;
  take(share: Share): void;
  give(share: Share): void;
}

/** A budget of `slots` and, where it is limited, of `memory` bytes. */
export function budgetOf(slots: number, memory = Number.POSITIVE_INFINITY): Budget {
  let tasks = 0;
  let cpus = 0;
  let bytes = 0;
  const change = (sign: 1 | -1, share: Share) => {
    tasks += sign;
    cpus += sign * Math.min(share.cpus, slots);
    bytes += sign * share.memory;
  };
  return {
    fits: (share) =>
      tasks === 0 ? slots > 0 : cpus + Math.min(share.cpus, slots) <= slots && bytes + share.memory <= memory,
    take: (share) => change(1, share),
    give: (share) => change(-1, share),
  };
}
