import { type ByteSource, joinRanges, type Range } from '@fasthep/columns';

/** Something with a place in the file. */
export interface Placed {
  range: Range;
}

/** Longest piece that is read in one go, and how much is on its way at a time. */
const longest = 4 << 20;
const ahead = 12 << 20;
const most = 32;

/**
 * Reads what lies at many places, joined to pieces where they are near, and hands each to `take` in the order of
 * the file. A few pieces are on their way while others are worked on, and none is kept: memory stays bounded, and
 * is used again.
 */
export async function readInWindows<T extends Placed>(
  source: ByteSource,
  items: readonly T[],
  take: (item: T, bytes: Uint8Array) => void | Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const sorted = [...items].sort((a, b) => a.range[0] - b.range[0]);
  const windows = joinRanges(
    sorted.map(({ range }) => range),
    { longest },
  );
  const coming: Promise<Uint8Array>[] = [];
  let started = 0;
  let size = 0;
  const start = () => {
    while (started < windows.length && coming.length < most && (coming.length < 2 || size < ahead)) {
      const [from, to] = windows[started++]!;
      size += to - from;
      const piece = source.read(from, to, signal);
      // Whoever waits for it sees that it failed; those behind it need not be seen to.
      piece.catch(() => undefined);
      coming.push(piece);
    }
  };
  let next = 0;
  for (const [from, to] of windows) {
    start();
    const bytes = await coming.shift()!;
    size -= to - from;
    start();
    for (; next < sorted.length && sorted[next]!.range[1] <= to && sorted[next]!.range[0] >= from; next++) {
      const item = sorted[next]!;
      const pause = take(item, bytes.subarray(item.range[0] - from, item.range[1] - from));
      if (pause) await pause;
    }
  }
}
