/** Bytes that grow at their end. */
export class GrowingBytes {
  private bytes = new Uint8Array(1024);
  length = 0;

  /** Room for `more` bytes, which the caller fills from the returned place. */
  reserve(more: number): Uint8Array {
    const needed = this.length + more;
    if (needed > this.bytes.length) {
      const next = new Uint8Array(Math.max(needed, 2 * this.bytes.length));
      next.set(this.bytes.subarray(0, this.length));
      this.bytes = next;
    }
    return this.bytes;
  }

  append(part: Uint8Array): void {
    const bytes = this.reserve(part.length);
    if (part.length <= 16) {
      let at = this.length;
      for (let i = 0; i < part.length; i++) bytes[at++] = part[i]!;
    } else bytes.set(part, this.length);
    this.length += part.length;
  }

  /** A copy of just what was appended. */
  done(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}

/** Offsets of lists or texts, starting from 0. */
export class GrowingOffsets {
  private offsets = new Int32Array(256);
  /** Rows so far. */
  length = 0;

  get last(): number {
    return this.offsets[this.length]!;
  }

  push(end: number): void {
    if (end > 0x7fffffff) throw new RangeError('more items than a list can count');
    if (this.length + 1 >= this.offsets.length) {
      const next = new Int32Array(2 * this.offsets.length);
      next.set(this.offsets);
      this.offsets = next;
    }
    this.offsets[++this.length] = end;
  }

  done(): Int32Array {
    return this.offsets.slice(0, this.length + 1);
  }
}
