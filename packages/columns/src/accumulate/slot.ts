import { wrapBig } from '../ir/scalars.ts';
import type { Datum, Scalar } from '../ir/types.ts';
import type { SlotKind } from '../program/plans.ts';

/**
 * The state of one reduction over rows, as numbers that can be written down: sums of integers are exact, `mean` keeps
 * sum and count, `std` count, mean and sum of squared distances.
 */
export type SlotState = Datum[];

export function emptySlot(kind: SlotKind, type: Scalar): SlotState {
  switch (kind) {
    case 'count':
    case 'countnonzero':
    case 'sumw':
    case 'sumw2':
      return [0];
    case 'sum':
    case 'nansum':
      return [type === 'float64' ? 0 : 0n];
    case 'prod':
      return [type === 'float64' ? 1 : 1n];
    case 'any':
      return [false];
    case 'all':
      return [true];
    case 'mean':
      return [0, 0];
    case 'std':
      return [0, 0, 0];
    default:
      return [];
  }
}

const isNan = (x: Datum): boolean => Number.isNaN(x);

function least(kind: SlotKind, state: SlotState, x: Datum): void {
  if (kind.startsWith('nan') && isNan(x)) return;
  const [before] = state;
  // As in a list: NaN never wins, and stays only where there is nothing else.
  if (before === undefined || isNan(before)) state[0] = before === undefined || !isNan(x) ? x : before;
  else if (kind.endsWith('min') ? x < before : x > before) state[0] = x;
}

/** Adds the value of one row (that is not missing), or its weight. */
export function addToSlot(kind: SlotKind, type: Scalar, state: SlotState, x: Datum): void {
  switch (kind) {
    case 'count':
      state[0] = (state[0] as number) + 1;
      return;
    case 'countnonzero':
      if (x) state[0] = (state[0] as number) + 1;
      return;
    case 'sumw':
      state[0] = (state[0] as number) + (x as number);
      return;
    case 'sumw2':
      state[0] = (state[0] as number) + (x as number) * (x as number);
      return;
    case 'nansum':
      if (isNan(x)) return;
      addSum(type, state, x);
      return;
    case 'sum':
      addSum(type, state, x);
      return;
    case 'prod':
      state[0] =
        type === 'float64'
          ? (state[0] as number) * (x as number)
          : wrapBig(type, (state[0] as bigint) * BigInt(x as number));
      return;
    case 'any':
      if (x) state[0] = true;
      return;
    case 'all':
      if (!x) state[0] = false;
      return;
    case 'mean':
      state[0] = (state[0] as number) + (x as number);
      state[1] = (state[1] as number) + 1;
      return;
    case 'std': {
      const [n, mean, far] = state as [number, number, number];
      const delta = (x as number) - mean;
      const next = mean + delta / (n + 1);
      state[0] = n + 1;
      state[1] = next;
      state[2] = far + delta * ((x as number) - next);
      return;
    }
    default:
      least(kind, state, x);
  }
}

function addSum(type: Scalar, state: SlotState, x: Datum): void {
  state[0] =
    type === 'float64'
      ? (state[0] as number) + (x as number)
      : wrapBig(type, (state[0] as bigint) + BigInt(x as number));
}

/** Adds what another part of the rows has made, which come after. */
export function mergeSlot(kind: SlotKind, type: Scalar, state: SlotState, more: SlotState): void {
  switch (kind) {
    case 'count':
    case 'countnonzero':
    case 'sumw':
    case 'sumw2':
      state[0] = (state[0] as number) + (more[0] as number);
      return;
    case 'sum':
    case 'nansum':
      addSum(type, state, more[0]!);
      return;
    case 'prod':
      addToSlot('prod', type, state, more[0]!);
      return;
    case 'any':
      state[0] = (state[0] || more[0]) as boolean;
      return;
    case 'all':
      state[0] = (state[0] && more[0]) as boolean;
      return;
    case 'mean':
      state[0] = (state[0] as number) + (more[0] as number);
      state[1] = (state[1] as number) + (more[1] as number);
      return;
    case 'std': {
      const [n, mean, far] = state as [number, number, number];
      const [n2, mean2, far2] = more as [number, number, number];
      if (n2 === 0) return;
      const delta = mean2 - mean;
      const all = n + n2;
      state[0] = all;
      state[1] = n === 0 ? mean2 : mean + (delta * n2) / all;
      state[2] = far + far2 + (delta * delta * n * n2) / all;
      return;
    }
    default:
      if (more.length > 0) least(kind, state, more[0]!);
  }
}

/** The result; null if it is missing. */
export function slotResult(kind: SlotKind, state: SlotState): Datum | null {
  if (kind === 'mean') return (state[0] as number) / (state[1] as number);
  if (kind === 'std') return Math.sqrt((state[2] as number) / (state[0] as number));
  return state[0] ?? null;
}
