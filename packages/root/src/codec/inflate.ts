import { RootError } from '../error/error.ts';

/** Lengths and distances of RFC 1951, section 3.2.5. */
const lengthBase = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
];
const lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceBase = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577,
];
const distanceBits = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** A prefix code as a direct table: index is the next 15 bits, value is symbol * 16 + length, 0 for no code. */
function tableOf(lengths: Uint8Array): Uint16Array {
  const count = new Uint16Array(16);
  for (const length of lengths) count[length]!++;
  count[0] = 0;
  const next = new Uint16Array(16);
  let code = 0;
  for (let bits = 1; bits < 16; bits++) {
    code = (code + count[bits - 1]!) << 1;
    next[bits] = code;
    if (code + count[bits]! > 1 << bits) throw damaged();
  }
  const table = new Uint16Array(1 << 15);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol]!;
    if (length === 0) continue;
    let reversed = 0;
    let value = next[length]!++;
    for (let i = 0; i < length; i++, value >>= 1) reversed = (reversed << 1) | (value & 1);
    for (let at = reversed; at < 1 << 15; at += 1 << length) table[at] = (symbol << 4) | length;
  }
  return table;
}

let fixed: { literals: Uint16Array; distances: Uint16Array } | undefined;

function fixedTables() {
  if (!fixed) {
    const lengths = new Uint8Array(288);
    lengths.fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280, 288);
    fixed = { literals: tableOf(lengths), distances: tableOf(new Uint8Array(30).fill(5)) };
  }
  return fixed;
}

/** Unpacks raw deflate (RFC 1951) to exactly `size` bytes. For where neither zlib nor WebAssembly is at hand. */
export function inflateRaw(source: Uint8Array, start: number, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let from = start;
  let to = 0;
  let hold = 0;
  let held = 0;

  const need = (count: number) => {
    while (held < count) {
      if (from > source.length + 4) throw damaged();
      hold |= (source[from++] ?? 0) << held;
      held += 8;
    }
  };
  const bits = (count: number): number => {
    if (count === 0) return 0;
    need(count);
    const value = hold & ((1 << count) - 1);
    hold >>>= count;
    held -= count;
    return value;
  };
  const symbol = (table: Uint16Array): number => {
    need(15);
    const entry = table[hold & 0x7fff]!;
    if (entry === 0) throw damaged();
    hold >>>= entry & 15;
    held -= entry & 15;
    return entry >>> 4;
  };

  let last = false;
  while (!last) {
    last = bits(1) === 1;
    const kind = bits(2);
    if (kind === 3) throw damaged();
    if (kind === 0) {
      from -= held >>> 3;
      hold = 0;
      held = 0;
      const length = (source[from] ?? 0) | ((source[from + 1] ?? 0) << 8);
      from += 4;
      if (from + length > source.length || to + length > size) throw damaged();
      out.set(source.subarray(from, from + length), to);
      from += length;
      to += length;
      continue;
    }
    let { literals, distances } = fixedTables();
    if (kind === 2) {
      const literalCount = bits(5) + 257;
      const distanceCount = bits(5) + 1;
      const codeLengths = new Uint8Array(19);
      for (let i = bits(4) + 4, k = 0; k < i; k++) codeLengths[order[k]!] = bits(3);
      const codes = tableOf(codeLengths);
      const lengths = new Uint8Array(literalCount + distanceCount);
      for (let i = 0; i < lengths.length; ) {
        const code = symbol(codes);
        if (code < 16) lengths[i++] = code;
        else {
          if (code === 16 && i === 0) throw damaged();
          const value = code === 16 ? lengths[i - 1]! : 0;
          const repeat = code === 16 ? 3 + bits(2) : code === 17 ? 3 + bits(3) : 11 + bits(7);
          if (i + repeat > lengths.length) throw damaged();
          lengths.fill(value, i, i + repeat);
          i += repeat;
        }
      }
      literals = tableOf(lengths.subarray(0, literalCount));
      distances = tableOf(lengths.subarray(literalCount));
    }
    for (;;) {
      const code = symbol(literals);
      if (code < 256) {
        if (to >= size) throw damaged();
        out[to++] = code;
        continue;
      }
      if (code === 256) break;
      if (code > 285) throw damaged();
      const length = lengthBase[code - 257]! + bits(lengthBits[code - 257]!);
      const slot = symbol(distances);
      if (slot > 29) throw damaged();
      const distance = distanceBase[slot]! + bits(distanceBits[slot]!);
      if (distance > to || to + length > size) throw damaged();
      for (let i = 0; i < length; i++, to++) out[to] = out[to - distance]!;
    }
    if (from - (held >>> 3) > source.length) throw damaged();
  }
  if (to !== size) throw damaged();
  return out;
}

function damaged(): RootError {
  return new RootError('ROOT-E07', 'damaged deflate stream');
}
