const text = new TextDecoder();

/**
 * A place in some bytes, read big-endian from there on. Leaving the bytes throws a RangeError, which `within`
 * turns into a located `RootError`.
 */
export class Cursor {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  pos: number;
  /** References between objects count from here: `-keylen` of the key that holds the bytes. */
  readonly origin: number;

  constructor(bytes: Uint8Array, pos = 0, origin = 0) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.pos = pos;
    this.origin = origin;
  }

  get left(): number {
    return this.bytes.length - this.pos;
  }

  u8(): number {
    const value = this.view.getUint8(this.pos);
    this.pos += 1;
    return value;
  }

  i8(): number {
    const value = this.view.getInt8(this.pos);
    this.pos += 1;
    return value;
  }

  u16(): number {
    const value = this.view.getUint16(this.pos);
    this.pos += 2;
    return value;
  }

  i16(): number {
    const value = this.view.getInt16(this.pos);
    this.pos += 2;
    return value;
  }

  u32(): number {
    const value = this.view.getUint32(this.pos);
    this.pos += 4;
    return value;
  }

  i32(): number {
    const value = this.view.getInt32(this.pos);
    this.pos += 4;
    return value;
  }

  i64(): bigint {
    const value = this.view.getBigInt64(this.pos);
    this.pos += 8;
    return value;
  }

  u64(): bigint {
    const value = this.view.getBigUint64(this.pos);
    this.pos += 8;
    return value;
  }

  /** A 64-bit number that is an offset or a count: exact below 2^53, and nothing larger fits in a file. */
  long(): number {
    return Number(this.i64());
  }

  f32(): number {
    const value = this.view.getFloat32(this.pos);
    this.pos += 4;
    return value;
  }

  f64(): number {
    const value = this.view.getFloat64(this.pos);
    this.pos += 8;
    return value;
  }

  /** The next `length` bytes, not copied. */
  take(length: number): Uint8Array {
    const start = this.pos;
    if (length < 0 || start < 0 || start + length > this.bytes.length) throw new RangeError('out of bytes');
    this.pos = start + length;
    return this.bytes.subarray(start, start + length);
  }

  skip(length: number): void {
    this.take(length);
  }

  /** Goes to an absolute place. */
  seek(pos: number): void {
    if (pos < 0 || pos > this.bytes.length) throw new RangeError('out of bytes');
    this.pos = pos;
  }

  /** Bytes of a TString: a length of one byte, or 255 and four bytes more. */
  stringBytes(): Uint8Array {
    let length = this.u8();
    if (length === 255) length = this.u32();
    return this.take(length);
  }

  /** A TString. */
  string(): string {
    return text.decode(this.stringBytes());
  }

  /** Bytes up to a zero, which is passed over. */
  zeroEnded(): string {
    const end = this.bytes.indexOf(0, this.pos);
    if (end < 0) throw new RangeError('out of bytes');
    const value = text.decode(this.bytes.subarray(this.pos, end));
    this.pos = end + 1;
    return value;
  }
}
