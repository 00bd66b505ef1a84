import { DataError } from '../error.ts';

/**
 * Plain data beside byte arrays in one run of bytes: `[length of the JSON, 4 bytes][JSON][padding to 8][array]…`,
 * each array padded to 8 bytes. The JSON holds `sizes`, the length of each array in bytes, and `head`.
 */
export function pack(head: unknown, arrays: readonly Uint8Array[]): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify({ sizes: arrays.map((one) => one.length), head }));
  let size = padded(4 + text.length);
  for (const array of arrays) size += padded(array.length);
  const out = new Uint8Array(size);
  new DataView(out.buffer).setUint32(0, text.length, true);
  out.set(text, 4);
  let at = padded(4 + text.length);
  for (const array of arrays) {
    out.set(array, at);
    at += padded(array.length);
  }
  return out;
}

/** What `pack` put together. The arrays are copies, aligned for any element type. Throws `data.bytes`. */
export function unpack(bytes: Uint8Array): { head: unknown; arrays: Uint8Array[] } {
  try {
    const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
    const { sizes, head } = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as {
      sizes: number[];
      head: unknown;
    };
    let at = padded(4 + length);
    const arrays = sizes.map((size) => {
      if (at + size > bytes.length) throw new RangeError('cut off');
      const array = bytes.slice(at, at + size);
      at += padded(size);
      return array;
    });
    return { head, arrays };
  } catch (error) {
    throw new DataError(
      'data.bytes',
      `stored bytes cannot be read: ${(error as Error).message}`,
      'clear the store, or name another',
    );
  }
}

function padded(size: number): number {
  return (size + 7) & ~7;
}
