/** Parquet's hybrid of run lengths and packed bits (https://parquet.apache.org/docs/file-format/data-pages/encodings). */

/**
 * Fills `out[at .. at + count]` with numbers of `width` bits from `bytes[start .. stop]`. Throws `RangeError`
 * where the bytes end too early.
 */
export function readHybrid(
  bytes: Uint8Array,
  start: number,
  stop: number,
  width: number,
  out: Uint8Array | Int32Array,
  at: number,
  count: number,
): void {
  const end = at + count;
  const mask = width === 32 ? -1 : (1 << width) - 1;
  const whole = (width + 7) >> 3;
  let place = start;
  while (at < end) {
    let header = 0;
    for (let shift = 0; ; shift += 7) {
      if (!(place < stop)) throw new RangeError('levels end too early');
      const byte = bytes[place++]!;
      header |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    if ((header & 1) === 0) {
      const run = Math.min(header >>> 1, end - at);
      let value = 0;
      for (let i = 0; i < whole; i++) value |= bytes[place++]! << (8 * i);
      if (run === 0 && header === 0 && width === 0) throw new RangeError('an empty run');
      out.fill(value, at, at + run);
      at += run;
      continue;
    }
    const packed = (header >>> 1) * 8;
    const next = place + (header >>> 1) * width;
    const take = Math.min(packed, end - at);
    if (width === 1) {
      for (let i = 0; i < take; i++) out[at + i] = (bytes[place + (i >> 3)]! >> (i & 7)) & 1;
    } else if (width === 8) {
      for (let i = 0; i < take; i++) out[at + i] = bytes[place + i]!;
    } else if (width <= 24) {
      // A window that never holds more than 31 bits.
      let window = 0;
      let held = 0;
      let from = place;
      for (let i = 0; i < take; i++) {
        while (held < width) {
          window |= bytes[from++]! << held;
          held += 8;
        }
        out[at + i] = window & mask;
        window >>>= width;
        held -= width;
      }
    } else {
      for (let i = 0, bit = 0; i < take; i++, bit += width) {
        const byte = place + (bit >> 3);
        const shift = bit & 7;
        let value =
          (bytes[byte]! | (bytes[byte + 1]! << 8) | (bytes[byte + 2]! << 16) | (bytes[byte + 3]! << 24)) >>>
          shift;
        if (shift + width > 32) value |= bytes[byte + 4]! << (32 - shift);
        out[at + i] = value & mask;
      }
    }
    at += take;
    place = next;
    if (place > stop + 8) throw new RangeError('levels end too early');
  }
}
