/**
 * XXH64 (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md) with seed 0, in 32-bit halves because
 * BigInt is slow. The result is two unsigned halves, high first.
 *
 * Halves are kept in `s`: accumulators 1–4 as low, high.
 */
const P1 = [0x85ebca87, 0x9e3779b1] as const;
const P2 = [0x27d4eb4f, 0xc2b2ae3d] as const;
const P3 = [0x9e3779f9, 0x165667b1] as const;
const P4 = [0xc2b2ae63, 0x85ebca77] as const;
const P5 = [0x165667c5, 0x27d4eb2f] as const;

type Half = readonly [low: number, high: number];

let low = 0;
let high = 0;

/** (low, high) = (al, ah) * (bl, bh), modulo 2^64. */
function multiply(al: number, ah: number, bl: number, bh: number): void {
  const a0 = al & 0xffff;
  const a1 = al >>> 16;
  const b0 = bl & 0xffff;
  const b1 = bl >>> 16;
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const cross = a0 * b1 + (middle & 0xffff);
  const carry = a1 * b1 + Math.floor(middle / 65536) + Math.floor(cross / 65536);
  low = Math.imul(al, bl);
  high = (carry + Math.imul(al, bh) + Math.imul(ah, bl)) | 0;
}

function add(al: number, ah: number, bl: number, bh: number): void {
  const sum = (al >>> 0) + (bl >>> 0);
  low = sum | 0;
  high = (ah + bh + (sum > 0xffffffff ? 1 : 0)) | 0;
}

function rotate(al: number, ah: number, by: number): void {
  if (by < 32) {
    low = (al << by) | (ah >>> (32 - by));
    high = (ah << by) | (al >>> (32 - by));
  } else {
    low = (ah << (by - 32)) | (al >>> (64 - by));
    high = (al << (by - 32)) | (ah >>> (64 - by));
  }
}

function round(accumulator: Half, valueLow: number, valueHigh: number): Half {
  multiply(valueLow, valueHigh, P2[0], P2[1]);
  add(low, high, accumulator[0], accumulator[1]);
  rotate(low, high, 31);
  multiply(low, high, P1[0], P1[1]);
  return [low, high];
}

function merge(accumulator: Half, value: Half): Half {
  const mixed = round([0, 0], value[0], value[1]);
  multiply(accumulator[0] ^ mixed[0], accumulator[1] ^ mixed[1], P1[0], P1[1]);
  add(low, high, P4[0], P4[1]);
  return [low, high];
}

function seeds(): [Half, Half, Half, Half] {
  add(P1[0], P1[1], P2[0], P2[1]);
  const first: Half = [low, high];
  add(~P1[0], ~P1[1], 1, 0);
  return [first, P2, [0, 0], [low, high]];
}

/** XXH64 of `bytes[start .. stop]` as [high, low], unsigned. */
export function xxhash64(bytes: Uint8Array, start = 0, stop = bytes.length): [high: number, low: number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, stop - start);
  const length = stop - start;
  let at = 0;
  let hash: Half = P5;
  if (length >= 32) {
    const lanes = seeds();
    const state = new Int32Array(8);
    lanes.forEach((lane, i) => {
      state[2 * i] = lane[0];
      state[2 * i + 1] = lane[1];
    });
    for (; at + 32 <= length; at += 32) {
      for (let lane = 0; lane < 4; lane++) {
        const place = at + 8 * lane;
        multiply(view.getInt32(place, true), view.getInt32(place + 4, true), P2[0], P2[1]);
        add(low, high, state[2 * lane]!, state[2 * lane + 1]!);
        rotate(low, high, 31);
        multiply(low, high, P1[0], P1[1]);
        state[2 * lane] = low;
        state[2 * lane + 1] = high;
      }
    }
    const done = [0, 1, 2, 3].map((lane): Half => [state[2 * lane]!, state[2 * lane + 1]!]);
    let sumLow = 0;
    let sumHigh = 0;
    [1, 7, 12, 18].forEach((by, i) => {
      rotate(done[i]![0], done[i]![1], by);
      add(low, high, sumLow, sumHigh);
      sumLow = low;
      sumHigh = high;
    });
    hash = [sumLow, sumHigh];
    for (const lane of done) hash = merge(hash, lane);
  }
  add(hash[0], hash[1], length | 0, Math.floor(length / 2 ** 32));
  let l = low;
  let h = high;
  for (; at + 8 <= length; at += 8) {
    const mixed = round([0, 0], view.getInt32(at, true), view.getInt32(at + 4, true));
    rotate(l ^ mixed[0], h ^ mixed[1], 27);
    multiply(low, high, P1[0], P1[1]);
    add(low, high, P4[0], P4[1]);
    l = low;
    h = high;
  }
  if (at + 4 <= length) {
    multiply(view.getInt32(at, true), 0, P1[0], P1[1]);
    rotate(l ^ low, h ^ high, 23);
    multiply(low, high, P2[0], P2[1]);
    add(low, high, P3[0], P3[1]);
    l = low;
    h = high;
    at += 4;
  }
  for (; at < length; at++) {
    multiply(view.getUint8(at), 0, P5[0], P5[1]);
    rotate(l ^ low, h ^ high, 11);
    multiply(low, high, P1[0], P1[1]);
    l = low;
    h = high;
  }
  multiply(l ^ (h >>> 1), h, P2[0], P2[1]);
  // After the shift by 33 only the high half moves into the low one; then by 29, then by 32.
  l = low;
  h = high;
  multiply(l ^ ((l >>> 29) | (h << 3)), h ^ (h >>> 29), P3[0], P3[1]);
  return [high >>> 0, (low ^ high) >>> 0];
}
