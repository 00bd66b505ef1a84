/** Node's `Buffer`, as far as it is used here; absent in browsers. */
interface Swapper {
  swap16(): void;
  swap32(): void;
  swap64(): void;
}
interface BufferMaker {
  from(buffer: ArrayBufferLike, offset: number, length: number): Swapper;
}
const maker = (globalThis as { Buffer?: BufferMaker }).Buffer;

/** Turns big-endian into little-endian in place. `width` is 1, 2, 4 or 8 and divides the length. */
export function swapInPlace(bytes: Uint8Array, width: number): void {
  if (width === 1 || bytes.length === 0) return;
  if (maker && bytes.length >= 64) {
    const buffer = maker.from(bytes.buffer, bytes.byteOffset, bytes.length);
    if (width === 2) buffer.swap16();
    else if (width === 4) buffer.swap32();
    else buffer.swap64();
    return;
  }
  swapByHand(bytes, width);
}

function swapByHand(bytes: Uint8Array, width: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = bytes.length;
  if (width === 2) for (let i = 0; i < end; i += 2) view.setUint16(i, view.getUint16(i), true);
  else for (let i = 0; i < end; i += 4) view.setUint32(i, view.getUint32(i), true);
  if (width !== 8) return;
  for (let i = 0; i < end; i += 8) {
    const low = view.getUint32(i);
    view.setUint32(i, view.getUint32(i + 4));
    view.setUint32(i + 4, low);
  }
}
