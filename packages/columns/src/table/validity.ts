import type { Validity } from './types.ts';

/** Whether row `i` is present. */
export function isValid(validity: Validity | undefined, i: number): boolean {
  return validity === undefined || ((validity[i >> 3]! >> (i & 7)) & 1) === 1;
}

/** Validity for `length` rows, all missing. */
export function makeValidity(length: number): Validity {
  return new Uint8Array((length + 7) >> 3);
}

/** Marks row `i` as present. */
export function setValid(validity: Validity, i: number): void {
  validity[i >> 3]! |= 1 << (i & 7);
}

/** How many of the first `length` rows are missing. */
export function countMissing(validity: Validity | undefined, length: number): number {
  if (!validity) return 0;
  let present = 0;
  for (let i = 0; i < length; i++) present += (validity[i >> 3]! >> (i & 7)) & 1;
  return length - present;
}

/** Validity of rows `[start, stop)`: a view where these begin at a byte, else a copy. */
export function sliceValidity(validity: Validity, start: number, stop: number): Validity {
  const shift = start & 7;
  const first = start >> 3;
  if (shift === 0) return validity.subarray(first, (stop + 7) >> 3);
  const out = makeValidity(stop - start);
  for (let i = 0; i < out.length; i++)
    out[i] = (validity[first + i]! >> shift) | ((validity[first + i + 1] ?? 0) << (8 - shift));
  return out;
}

/** Copies `length` rows of `from` (absent: all present) to `to`, beginning at its row `at`. */
export function copyValidity(to: Validity, at: number, from: Validity | undefined, length: number): void {
  if ((at & 7) === 0 && from) {
    const whole = length >> 3;
    to.set(from.subarray(0, whole), at >> 3);
    for (let i = whole * 8; i < length; i++) if (isValid(from, i)) setValid(to, at + i);
    return;
  }
  for (let i = 0; i < length; i++) if (isValid(from, i)) setValid(to, at + i);
}

/** The validity of `length` rows taken from the places `indices`, where a negative index is missing; absent if all are present. */
export function takeValidity(
  validity: Validity | undefined,
  indices: ArrayLike<number>,
): Validity | undefined {
  const out = makeValidity(indices.length);
  let missing = false;
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i]!;
    if (from >= 0 && isValid(validity, from)) setValid(out, i);
    else missing = true;
  }
  return missing || validity ? out : undefined;
}
