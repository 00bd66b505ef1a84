import { RootError } from '../error/error.ts';
import type { Locator } from './types.ts';

const text = new TextDecoder();

/** Little-endian bytes of an RNTuple's metadata, read from a place on. */
export class Little {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  pos: number;

  constructor(bytes: Uint8Array, pos = 0) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.pos = pos;
  }

  u16(): number {
    this.pos += 2;
    return this.view.getUint16(this.pos - 2, true);
  }

  u32(): number {
    this.pos += 4;
    return this.view.getUint32(this.pos - 4, true);
  }

  i32(): number {
    this.pos += 4;
    return this.view.getInt32(this.pos - 4, true);
  }

  i64(): bigint {
    this.pos += 8;
    return this.view.getBigInt64(this.pos - 8, true);
  }

  u64(): bigint {
    this.pos += 8;
    return this.view.getBigUint64(this.pos - 8, true);
  }

  f64(): number {
    this.pos += 8;
    return this.view.getFloat64(this.pos - 8, true);
  }

  /** A size or count, exact below 2^53. */
  size(): number {
    const value = Number(this.u64());
    if (!Number.isSafeInteger(value)) throw new RootError('ROOT-E09', `a size of ${value}`);
    return value;
  }

  string(): string {
    const length = this.u32();
    if (this.pos + length > this.bytes.length) throw new RangeError('out of bytes');
    const value = text.decode(this.bytes.subarray(this.pos, this.pos + length));
    this.pos += length;
    return value;
  }

  /** Reads a record frame: `read` takes what it knows, and what a later version added is passed over. */
  record<T>(read: () => T): T {
    const start = this.pos;
    const size = this.i64();
    if (size < 8n) throw new RootError('ROOT-E03', 'a record frame was expected');
    const value = read();
    return this.leave(start, Number(size), value);
  }

  /** Reads a list frame, each of its items by `read`; `after` what follows the items inside of the frame. */
  list<T>(read: (index: number) => T, after?: () => void): T[] {
    const start = this.pos;
    const size = -this.i64();
    if (size < 12n) throw new RootError('ROOT-E03', 'a list frame was expected');
    const count = this.u32();
    if (count > Number(size)) throw new RootError('ROOT-E09', `a list of ${count} items in ${size} bytes`);
    const items: T[] = [];
    for (let i = 0; i < count; i++) items.push(read(i));
    after?.();
    return this.leave(start, Number(size), items);
  }

  private leave<T>(start: number, size: number, value: T): T {
    if (this.pos > start + size || start + size > this.bytes.length)
      throw new RootError('ROOT-E03', `a frame of ${size} bytes is too short for what it holds`);
    this.pos = start + size;
    return value;
  }

  /** Feature flags: 63 bits each, the last without a sign. None is known that may be ignored. */
  features(): void {
    for (;;) {
      const flags = this.i64();
      if ((flags & 0x7fffffffffffffffn) !== 0n)
        throw new RootError('ROOT-E06', `it uses features (${flags}) that are not known`);
      if (flags >= 0n) return;
    }
  }

  locator(): Locator {
    const start = this.pos;
    const head = this.i32();
    if (head >= 0) return { size: head, offset: this.size() };
    const length = -head & 0xffff;
    const type = (-head >>> 24) & 0x7f;
    if (type !== 1) throw new RootError('ROOT-E06', `pages outside of the file (locator of type ${type})`);
    const value = { size: this.size(), offset: this.size() };
    this.pos = start + length;
    return value;
  }
}
