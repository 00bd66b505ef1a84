/** Fields of a CSV file as values. */
import { decodeText, TextBuilder } from '../../table/text.ts';
import type { Column, DataType, Values } from '../../table/types.ts';
import { makeValidity, setValid } from '../../table/validity.ts';
import type { Fields } from './tokens.ts';

const QUOTE = 34;
const SPECIAL = /^[+-]?(nan|inf|infinity)$/i;
const MAX_INT64 = 2n ** 63n - 1n;

/** What a column may still be, as its fields are looked at one after the other. */
export class TypeFinder {
  private numbers = true;
  private integers = true;
  private booleans = true;
  private anything = false;
  private missing = false;
  /** Empty texts in quotes were met: missing unless the column is text. */
  private emptyTexts = false;
  private low = 0n;
  private high = 0n;

  /** Looks at column `k` of all rows. */
  look(bytes: Uint8Array, fields: Fields, k: number, columns: number): void {
    for (let i = k; i < fields.rows * columns; i += columns)
      this.one(bytes, fields.starts[i]!, fields.stops[i]!);
  }

  /** The narrowest type: int64 (uint64 beyond it), float64, bool, string; float64 where nothing was present. */
  type(): DataType {
    const kind = this.kind();
    return this.missing || (this.emptyTexts && kind !== 'string') ? { kind, nullable: true } : { kind };
  }

  private kind(): 'int64' | 'uint64' | 'float64' | 'bool' | 'string' {
    if (!this.anything) return this.emptyTexts ? 'string' : 'float64';
    if (this.integers) {
      if (this.low >= -(2n ** 63n) && this.high <= MAX_INT64) return 'int64';
      return this.low >= 0n && this.high < 2n ** 64n ? 'uint64' : 'float64';
    }
    if (this.numbers) return 'float64';
    return this.booleans ? 'bool' : 'string';
  }

  private one(bytes: Uint8Array, start: number, stop: number): void {
    const end = stop < 0 ? ~stop : stop;
    if (start === end) {
      // An empty text in quotes is one where the column is text, and missing elsewhere.
      if (stop >= 0) this.missing = true;
      else this.emptyTexts = true;
      return;
    }
    this.anything = true;
    if (!this.numbers && !this.booleans) return;
    const shape = numberShape(bytes, start, end);
    if (shape === OTHER) this.word(decodeText(bytes, start, end));
    else {
      this.booleans = false;
      if (shape === FRACTION) this.integers = false;
      // Up to 18 digits always fit.
      else if (this.integers && end - start > 18 && !surelyFits(bytes, start, end))
        this.long(decodeText(bytes, start, end));
    }
  }

  private long(digits: string): void {
    const value = BigInt(digits.replace('+', ''));
    if (value < this.low) this.low = value;
    if (value > this.high) this.high = value;
  }

  private word(text: string): void {
    if (this.booleans && !/^(true|false)$/i.test(text)) this.booleans = false;
    this.integers = false;
    if (this.numbers) this.numbers = SPECIAL.test(text);
  }
}

/** Whether digits are below 9.2·10¹⁸ whatever the rounding, and so surely a 64-bit integer. */
function surelyFits(bytes: Uint8Array, start: number, end: number): boolean {
  let value = 0;
  for (let i = bytes[start] === 45 || bytes[start] === 43 ? start + 1 : start; i < end; i++)
    value = value * 10 + bytes[i]! - 48;
  return value < 9.2e18;
}

const INTEGER = 0;
const FRACTION = 1;
const OTHER = 2;

/** Whether bytes are digits with a sign, a number with a point or exponent, or neither. */
function numberShape(bytes: Uint8Array, start: number, end: number): number {
  let i = bytes[start] === 45 || bytes[start] === 43 ? start + 1 : start;
  let digits = 0;
  let shape = INTEGER;
  for (; i < end; i++) {
    const byte = bytes[i]!;
    if (byte >= 48 && byte <= 57) digits++;
    else if (byte === 46 && shape === INTEGER) shape = FRACTION;
    else if (digits > 0 && (byte | 32) === 101) return isExponent(bytes, i + 1, end) ? FRACTION : OTHER;
    else return OTHER;
  }
  return digits > 0 ? shape : OTHER;
}

function isExponent(bytes: Uint8Array, start: number, end: number): boolean {
  let i = bytes[start] === 45 || bytes[start] === 43 ? start + 1 : start;
  if (i >= end) return false;
  for (; i < end; i++) if (bytes[i]! < 48 || bytes[i]! > 57) return false;
  return true;
}

/** Collects the rows of one column. */
export interface ColumnParser {
  take(bytes: Uint8Array, fields: Fields, k: number, columns: number): void;
  finish(): Column;
}

/** A parser for fields that are known to be of this type; `rows` is an upper limit. */
export function columnParser(type: DataType, rows: number): ColumnParser {
  return type.kind === 'string' ? textParser(type, rows) : numberParser(type, rows);
}

function numberParser(type: DataType, rows: number): ColumnParser {
  const validity = type.nullable ? makeValidity(rows) : undefined;
  const kind = type.kind as 'int64' | 'uint64' | 'float64' | 'bool';
  const { values, put } = NUMBERS[kind](rows);
  let length = 0;
  return {
    take(bytes, fields, k, columns) {
      const { starts, stops } = fields;
      for (let i = k; i < fields.rows * columns; i += columns) {
        const start = starts[i]!;
        const stop = stops[i]!;
        const end = stop < 0 ? ~stop : stop;
        if (start !== end) {
          put(length, bytes, start, end);
          if (validity) setValid(validity, length);
        }
        length++;
      }
    },
    finish() {
      const column: Column = { kind: 'primitive', type: kind, length, values: values.subarray(0, length) };
      if (validity) column.validity = validity.subarray(0, (length + 7) >> 3);
      return column;
    },
  };
}

/** Room for values of one kind, and how a field is put there: a function for each, so that each stays fast. */
interface Room {
  values: Values;
  put(at: number, bytes: Uint8Array, start: number, end: number): void;
}

const NUMBERS: Readonly<Record<'int64' | 'uint64' | 'float64' | 'bool', (rows: number) => Room>> = {
  bool(rows) {
    const values = new Uint8Array(rows);
    const put: Room['put'] = (at, bytes, start) => {
      values[at] = (bytes[start]! | 32) === 116 ? 1 : 0;
    };
    return { values, put };
  },
  float64(rows) {
    const values = new Float64Array(rows);
    const put: Room['put'] = (at, bytes, start, end) => {
      values[at] = parseFloat64(bytes, start, end);
    };
    return { values, put };
  },
  int64: (rows) => integerRoom(new BigInt64Array(rows)),
  uint64: (rows) => integerRoom(new BigUint64Array(rows)),
};

function integerRoom(values: BigInt64Array | BigUint64Array): Room {
  const halves = new Int32Array(values.buffer, 0, 2 * values.length);
  const put: Room['put'] = (at, bytes, start, end) => {
    if (end - start <= 19) putInteger(halves, 2 * at, bytes, start, end);
    else values[at] = BigInt(decodeText(bytes, start, end).replace('+', ''));
  };
  return { values, put };
}

/**
 * Writes up to 19 digits as the two halves of a 64-bit integer, without making a bigint: the number is
 * (h1 · 2¹⁶ + h0) · 10⁹ + low, whose parts are exact as doubles.
 */
function putInteger(halves: Int32Array, at: number, bytes: Uint8Array, start: number, end: number): void {
  const negative = bytes[start] === 45;
  let i = negative || bytes[start] === 43 ? start + 1 : start;
  const split = Math.max(i, end - 9);
  let high = 0;
  for (; i < split; i++) high = high * 10 + bytes[i]! - 48;
  let low = 0;
  for (; i < end; i++) low = low * 10 + bytes[i]! - 48;
  const h0 = high & 0xffff;
  const upper = ((high - h0) / 65536) * 1e9;
  const lower = h0 * 1e9 + low;
  const words = (upper % 65536) * 65536 + (lower % 4294967296);
  let word0 = (words % 4294967296) | 0;
  let word1 = Math.floor(upper / 65536) + Math.floor(lower / 4294967296) + Math.floor(words / 4294967296);
  if (negative) {
    word0 = -word0 | 0;
    word1 = ~word1 + Number(word0 === 0);
  }
  halves[at] = word0;
  halves[at + 1] = word1;
}

function textParser(type: DataType, rows: number): ColumnParser {
  const builder = new TextBuilder(rows);
  const validity = type.nullable ? makeValidity(rows) : undefined;
  let length = 0;
  return {
    take(bytes, fields, k, columns) {
      for (let i = k; i < fields.rows * columns; i += columns) {
        const start = fields.starts[i]!;
        const stop = fields.stops[i]!;
        const end = stop < 0 ? ~stop : stop;
        if (validity && (stop < 0 || start !== end)) setValid(validity, length);
        if (stop < 0 && bytes.subarray(start, end).includes(QUOTE))
          builder.push(decodeText(bytes, start, end).replaceAll('""', '"'));
        else builder.pushBytes(bytes, start, end);
        length++;
      }
    },
    finish() {
      const column = builder.finish();
      if (validity) column.validity = validity.subarray(0, (length + 7) >> 3);
      return column;
    },
  };
}

const POWERS = Array.from({ length: 23 }, (_, i) => 10 ** i);

/**
 * The double nearest to a decimal number: up to 15 digits and small exponents exactly by one multiplication or
 * division (both operands are exact), anything else by the platform's parser.
 */
export function parseFloat64(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  const negative = bytes[i] === 45;
  if (negative || bytes[i] === 43) i++;
  let digits = 0;
  let mantissa = 0;
  let scale = 0;
  let point = false;
  for (; i < end; i++) {
    const byte = bytes[i]!;
    if (byte >= 48 && byte <= 57) {
      mantissa = mantissa * 10 + byte - 48;
      if (mantissa > 0) digits++;
      if (point) scale++;
    } else if (byte === 46 && !point) point = true;
    else return special(decodeText(bytes, start, end));
  }
  if (digits > 15 || scale > 22) return Number(decodeText(bytes, start, end));
  const value = mantissa / POWERS[scale]!;
  return negative ? -value : value;
}

function special(text: string): number {
  if (!SPECIAL.test(text)) return Number(text);
  if (/nan/i.test(text)) return Number.NaN;
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
