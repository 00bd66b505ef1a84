/** A generator of numbers in [0, 1) that repeats for a seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const telling = [0, 1, 0x7f, 0x80, 0xff, 0x40];

/** A copy of some bytes with one to four of them, or a run, changed. */
export function mutated(bytes: Uint8Array, random: () => number): Uint8Array {
  const out = bytes.slice();
  const below = (limit: number) => Math.floor(random() * limit);
  for (let times = 1 + below(4); times > 0; times--) {
    // Headers and the end, where metadata lie, are hit more often than data.
    const region = below(3);
    const at =
      region === 0
        ? below(Math.min(600, out.length))
        : region === 1
          ? out.length - 1 - below(Math.min(4000, out.length))
          : below(out.length);
    const way = below(4);
    if (way === 0) out[at]! ^= 1 << below(8);
    else if (way === 1) out[at] = telling[below(telling.length)]!;
    else if (way === 2) out.fill(telling[below(telling.length)]!, at, at + 1 + below(8));
    else out.copyWithin(at, below(out.length), below(out.length));
  }
  return out;
}
