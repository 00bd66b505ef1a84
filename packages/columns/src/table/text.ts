import type { StringColumn } from './types.ts';

// A byte order mark inside a cell is text like any other.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** The text in `bytes[start .. stop]`; short ASCII is decoded here because calling the platform costs more. */
export function decodeText(bytes: Uint8Array, start: number, stop: number): string {
  if (stop - start > 24) return decoder.decode(bytes.subarray(start, stop));
  let text = '';
  for (let i = start; i < stop; i++) {
    const code = bytes[i]!;
    if (code > 127) return decoder.decode(bytes.subarray(start, stop));
    text += String.fromCharCode(code);
  }
  return text;
}

/** UTF-8 of a text. */
export function encodeText(text: string): Uint8Array {
  return encoder.encode(text);
}

/** A text column from JavaScript strings, all present. */
export function stringColumn(texts: readonly string[]): StringColumn {
  const builder = new TextBuilder(texts.length);
  for (const text of texts) builder.push(text);
  return builder.finish();
}

/** Collects texts as UTF-8 into one growing buffer. */
export class TextBuilder {
  private offsets: Int32Array;
  private bytes: Uint8Array;
  private count = 0;
  private used = 0;

  constructor(capacity = 16) {
    this.offsets = new Int32Array(capacity + 1);
    this.bytes = new Uint8Array(Math.max(64, capacity * 8));
  }

  /** Adds a row. */
  push(text: string): void {
    this.reserve(text.length * 3);
    this.used += encoder.encodeInto(text, this.bytes.subarray(this.used)).written;
    this.end();
  }

  /** Adds a row that is already UTF-8. */
  pushBytes(from: Uint8Array, start: number, stop: number): void {
    this.reserve(stop - start);
    if (stop - start < 32) for (let i = start; i < stop; i++) this.bytes[this.used++] = from[i]!;
    else {
      this.bytes.set(from.subarray(start, stop), this.used);
      this.used += stop - start;
    }
    this.end();
  }

  /** The column of all rows so far; the builder must not be used again. */
  finish(): StringColumn {
    const offsets = this.offsets.subarray(0, this.count + 1);
    return { kind: 'string', length: this.count, offsets, bytes: this.bytes.subarray(0, this.used) };
  }

  private reserve(more: number): void {
    if (this.used + more <= this.bytes.length) return;
    const bytes = new Uint8Array(Math.max(this.bytes.length * 2, this.used + more));
    bytes.set(this.bytes.subarray(0, this.used));
    this.bytes = bytes;
  }

  private end(): void {
    this.count++;
    if (this.count === this.offsets.length) {
      const offsets = new Int32Array(this.offsets.length * 2);
      offsets.set(this.offsets);
      this.offsets = offsets;
    }
    this.offsets[this.count] = this.used;
  }
}

/** Order of two texts by code point, which is the order of their UTF-8 bytes. */
export function compareBytes(
  a: Uint8Array,
  aStart: number,
  aStop: number,
  b: Uint8Array,
  bStart: number,
  bStop: number,
): number {
  const length = Math.min(aStop - aStart, bStop - bStart);
  for (let i = 0; i < length; i++) {
    const difference = a[aStart + i]! - b[bStart + i]!;
    if (difference !== 0) return difference;
  }
  return aStop - aStart - (bStop - bStart);
}
