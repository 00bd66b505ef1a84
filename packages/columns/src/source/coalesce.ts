import { checkRange } from './range.ts';
import type { ByteSource } from './types.ts';

/** Bytes `[start, stop)`. */
export type Range = readonly [start: number, stop: number];

/** How near ranges must lie to be read in one go, and how long one read may become. */
export interface CoalesceOptions {
  /** Unneeded bytes that are read rather than asked for separately; default 64 KiB. */
  gap?: number;
  /** Longest joined read; a single longer range is still one read. Default 32 MiB. */
  longest?: number;
  signal?: AbortSignal;
}

/** Joins ranges that lie near each other; the result ascends, and covers every range that is not empty. */
export function joinRanges(ranges: readonly Range[], options: CoalesceOptions = {}): Range[] {
  const { gap = 65_536, longest = 33_554_432 } = options;
  const joined: [number, number][] = [];
  for (const [start, stop] of [...ranges].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (stop <= start) continue;
    const last = joined.at(-1);
    const inside = last !== undefined && stop <= last[1];
    if (last && (inside || (start - last[1] <= gap && stop - last[0] <= longest)))
      last[1] = Math.max(last[1], stop);
    else joined.push([start, stop]);
  }
  return joined;
}

/** Reads many ranges with few reads. The answers stand in the order of `ranges` and may share memory. */
export async function readRanges(
  source: ByteSource,
  ranges: readonly Range[],
  options: CoalesceOptions = {},
): Promise<Uint8Array[]> {
  for (const [start, stop] of ranges) checkRange(source, start, stop);
  const joined = joinRanges(ranges, options);
  const blocks = await Promise.all(joined.map(([start, stop]) => source.read(start, stop, options.signal)));
  return ranges.map(([start, stop]) => {
    if (stop <= start) return new Uint8Array(0);
    const index = lastAtOrBefore(joined, start, stop);
    const origin = joined[index]![0];
    return blocks[index]!.subarray(start - origin, stop - origin);
  });
}

/** The last joined range that holds `[start, stop)`; they ascend by their start. */
function lastAtOrBefore(joined: readonly Range[], start: number, stop: number): number {
  let low = 0;
  let high = joined.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (joined[middle]![0] <= start) low = middle;
    else high = middle - 1;
  }
  // A joined range that was closed because it grew too long may overlap the next: look back until one holds it.
  while (low > 0 && joined[low]![1] < stop) low--;
  return low;
}

/**
 * Reads the ranges and gives a source that answers from memory what lies inside one of them, and asks
 * `source` for anything else. Closing it leaves `source` open.
 */
export async function preload(
  source: ByteSource,
  ranges: readonly Range[],
  options: CoalesceOptions = {},
): Promise<ByteSource> {
  const joined = joinRanges(ranges, options);
  const blocks = await readRanges(source, joined, { ...options, gap: -1 });
  return {
    name: source.name,
    size: source.size,
    async read(start, stop, signal) {
      const index = lastAtOrBefore(joined, start, stop);
      const range = joined[index];
      if (!range || start < range[0] || stop > range[1]) return source.read(start, stop, signal);
      return blocks[index]!.subarray(start - range[0], stop - range[0]);
    },
    async close() {},
  };
}
