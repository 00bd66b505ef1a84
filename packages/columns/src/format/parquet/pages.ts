/** The pages of one column chunk as levels and values. */
import type { ColumnMetaData, Compressors, PageHeader } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { deltaBinaryUnpack, deltaByteArray, deltaLengthByteArray } from 'hyparquet/src/delta.js';
import { byteStreamSplit } from 'hyparquet/src/encoding.js';
import { ColumnsError } from '../../error.ts';
import { toText } from '../../table/dictionary.ts';
import { TextBuilder } from '../../table/text.ts';
import type { StringColumn, Values } from '../../table/types.ts';
import { readHybrid } from './levels.ts';
import type { Node } from './schema.ts';

/** Values that are present, in order; texts as they are or as codes into a dictionary. */
export type Dense =
  | { kind: 'numbers'; values: Values }
  | { kind: 'text'; text: StringColumn }
  | { kind: 'codes'; codes: Int32Array; dictionary: StringColumn };

/** Levels are absent where there is only one. */
export interface Chunk {
  /** Entries: values that are present, and places where one is missing. */
  entries: number;
  def?: Uint8Array;
  rep?: Uint8Array;
  dense: Dense;
}

type Leaf = Node & { kind: 'leaf' };

const MAKERS: Readonly<Record<string, (length: number) => Values>> = {
  BOOLEAN: (length) => new Uint8Array(length),
  INT32: (length) => new Int32Array(length),
  INT64: (length) => new BigInt64Array(length),
  FLOAT: (length) => new Float32Array(length),
  DOUBLE: (length) => new Float64Array(length),
  FIXED_LEN_BYTE_ARRAY: (length) => new Uint16Array(length),
};

/** Decodes a column chunk. Throws `parquet.unsupported`, and `RangeError` for damaged bytes. */
export function readChunk(
  bytes: Uint8Array,
  meta: ColumnMetaData,
  leaf: Leaf,
  compressors: Compressors,
): Chunk {
  const entries = Number(meta.num_values);
  const reader = new ChunkReader(meta, leaf, compressors, entries);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const cursor = { view, offset: 0 };
  while (reader.done < entries && cursor.offset < bytes.length) {
    const header = parquetHeader(cursor);
    const size = header.compressed_page_size;
    if (!(size >= 0) || cursor.offset + size > bytes.length) throw new RangeError('a page is cut off');
    reader.page(header, bytes.subarray(cursor.offset, cursor.offset + size));
    cursor.offset += size;
  }
  if (reader.done < entries) throw new RangeError('pages are missing');
  return reader.finish();
}

class ChunkReader {
  done = 0;
  private present = 0;
  private readonly def?: Uint8Array;
  private readonly rep?: Uint8Array;
  private readonly numbers?: Values;
  private texts?: TextBuilder;
  private codes?: Int32Array;
  private dictionary?: Dense;
  private readonly meta: ColumnMetaData;
  private readonly leaf: Leaf;
  private readonly compressors: Compressors;
  private readonly entries: number;

  constructor(meta: ColumnMetaData, leaf: Leaf, compressors: Compressors, entries: number) {
    this.meta = meta;
    this.leaf = leaf;
    this.compressors = compressors;
    this.entries = entries;
    if (leaf.def > 0) this.def = new Uint8Array(entries);
    if (leaf.rep > 0) this.rep = new Uint8Array(entries);
    if (leaf.rule.to !== 'string') this.numbers = MAKERS[leaf.physical]!(entries);
  }

  page(header: PageHeader, stored: Uint8Array): void {
    const { data_page_header: v1, data_page_header_v2: v2, dictionary_page_header: dictionary } = header;
    const whole = header.uncompressed_page_size;
    const sizes = v2
      ? [v2.num_values, v2.repetition_levels_byte_length, v2.definition_levels_byte_length]
      : [];
    for (const size of [
      whole,
      ...sizes,
      ...(v1 ? [v1.num_values] : []),
      ...(dictionary ? [dictionary.num_values] : []),
    ])
      if (!(size >= 0)) throw new RangeError('a page header lacks a size');
    if (header.type === 'DICTIONARY_PAGE' && dictionary) {
      const page = decompressPage(stored, whole, this.meta.codec, this.compressors);
      this.dictionary = this.readDictionary(page, dictionary.num_values);
    } else if (header.type === 'DATA_PAGE' && v1) {
      const page = decompressPage(stored, whole, this.meta.codec, this.compressors);
      const at = this.levelsV1(page, v1.num_values);
      this.values(page, at, v1.encoding, this.countPresent(v1.num_values));
      this.done += v1.num_values;
    } else if (header.type === 'DATA_PAGE_V2' && v2) {
      const { repetition_levels_byte_length: repSize, definition_levels_byte_length: defSize } = v2;
      const levels = repSize + defSize;
      if (this.rep) this.levels(stored, 0, repSize, this.leaf.rep, this.rep, v2.num_values);
      if (this.def) this.levels(stored, repSize, levels, this.leaf.def, this.def, v2.num_values);
      const body = stored.subarray(levels);
      const page =
        v2.is_compressed === false
          ? body
          : decompressPage(body, whole - levels, this.meta.codec, this.compressors);
      this.values(page, 0, v2.encoding, this.countPresent(v2.num_values));
      this.done += v2.num_values;
    }
  }

  finish(): Chunk {
    const { entries, def, rep, present } = this;
    const levels = { ...(def ? { def } : {}), ...(rep ? { rep } : {}) };
    return { entries, ...levels, dense: this.dense(present) };
  }

  private dense(present: number): Dense {
    if (this.numbers) return { kind: 'numbers', values: this.numbers.subarray(0, present) };
    if (this.texts || !this.codes || this.dictionary?.kind !== 'text') {
      this.flushCodes();
      return { kind: 'text', text: (this.texts ?? new TextBuilder()).finish() };
    }
    return { kind: 'codes', codes: this.codes.subarray(0, present), dictionary: this.dictionary.text };
  }

  private levelsV1(page: Uint8Array, count: number): number {
    const view = new DataView(page.buffer, page.byteOffset, page.length);
    let at = 0;
    for (const [out, most] of [
      [this.rep, this.leaf.rep],
      [this.def, this.leaf.def],
    ] as const) {
      if (!out) continue;
      const size = view.getUint32(at, true);
      this.levels(page, at + 4, at + 4 + size, most, out, count);
      at += 4 + size;
    }
    return at;
  }

  private levels(
    page: Uint8Array,
    start: number,
    stop: number,
    most: number,
    out: Uint8Array,
    count: number,
  ): void {
    if (this.done + count > this.entries || stop > page.length) throw new RangeError('too many levels');
    readHybrid(page, start, stop, 32 - Math.clz32(most), out, this.done, count);
  }

  private countPresent(count: number): number {
    if (this.done + count > this.entries) throw new RangeError('too many values');
    const { def, done, leaf } = this;
    if (!def) return count;
    let present = 0;
    for (let i = done; i < done + count; i++) if (def[i] === leaf.def) present++;
    return present;
  }

  private values(page: Uint8Array, at: number, encoding: string, count: number): void {
    if (count === 0) return;
    if (encoding === 'RLE_DICTIONARY' || encoding === 'PLAIN_DICTIONARY') this.coded(page, at, count);
    else if (this.numbers) this.plainNumbers(page, at, encoding, count);
    else this.plainTexts(page, at, encoding, count);
    this.present += count;
  }

  private coded(page: Uint8Array, at: number, count: number): void {
    const { dictionary, present } = this;
    if (!dictionary) throw new RangeError('a dictionary is missing');
    const width = page[at]!;
    const codes = dictionary.kind === 'numbers' ? new Int32Array(count) : this.codeRoom();
    const from = dictionary.kind === 'numbers' ? 0 : present;
    if (width > 0) readHybrid(page, at + 1, page.length, width, codes, from, count);
    if (dictionary.kind === 'numbers') {
      const most = dictionary.values.length;
      for (let i = 0; i < count; i++)
        if (codes[i]! < 0 || codes[i]! >= most) throw new RangeError('a code without a value');
      gather(dictionary.values, codes, this.numbers!, present);
    } else if (this.texts) this.flushCodes(present, count);
  }

  private codeRoom(): Int32Array {
    this.codes ??= new Int32Array(this.entries);
    return this.codes;
  }

  /** Some pages have codes, others texts: all become texts. */
  private flushCodes(start = 0, count = this.texts ? 0 : this.present): void {
    if (!this.codes || this.dictionary?.kind !== 'text' || count === 0) return;
    const codes = this.codes.subarray(start, start + count);
    const { offsets, bytes } = toText({
      kind: 'dictionary',
      length: count,
      codes,
      dictionary: this.dictionary.text,
    });
    this.texts ??= new TextBuilder(this.entries);
    for (let i = 0; i < count; i++) this.texts.pushBytes(bytes, offsets[i]!, offsets[i + 1]!);
  }

  private plainTexts(page: Uint8Array, at: number, encoding: string, count: number): void {
    this.flushCodes();
    this.texts ??= new TextBuilder(this.entries);
    pushTexts(this.texts, page, at, encoding, count);
  }

  private plainNumbers(page: Uint8Array, at: number, encoding: string, count: number): void {
    readNumbers(this.numbers!, this.present, page, at, encoding, count, this.leaf);
  }

  private readDictionary(page: Uint8Array, count: number): Dense {
    if (this.leaf.rule.to === 'string') {
      const builder = new TextBuilder(count);
      pushTexts(builder, page, 0, 'PLAIN', count);
      return { kind: 'text', text: builder.finish() };
    }
    const values = MAKERS[this.leaf.physical]!(count);
    readNumbers(values, 0, page, 0, 'PLAIN', count, this.leaf);
    return { kind: 'numbers', values };
  }
}

/** `to[at + i] = from[codes[i]]`; wide values go word by word, which spares making bigints. */
function gather(from: Values, codes: Int32Array, to: Values, at: number): void {
  if (from.BYTES_PER_ELEMENT < 8) {
    for (let i = 0; i < codes.length; i++) to[at + i] = from[codes[i]!]!;
    return;
  }
  const source = new Int32Array(from.buffer, from.byteOffset, from.length * 2);
  const target = new Int32Array(to.buffer, to.byteOffset, to.length * 2);
  for (let i = 0, k = 2 * at; i < codes.length; i++, k += 2) {
    const code = 2 * codes[i]!;
    target[k] = source[code]!;
    target[k + 1] = source[code + 1]!;
  }
}

function unsupported(encoding: string): never {
  throw new ColumnsError(
    'parquet.unsupported',
    `the Parquet encoding ${encoding} cannot be read`,
    'write the file with another encoding',
  );
}

function pushTexts(
  builder: TextBuilder,
  page: Uint8Array,
  at: number,
  encoding: string,
  count: number,
): void {
  const view = new DataView(page.buffer, page.byteOffset, page.length);
  if (encoding === 'PLAIN') {
    for (let i = 0; i < count; i++) {
      const length = view.getUint32(at, true);
      at += 4;
      if (at + length > page.length) throw new RangeError('a text is cut off');
      builder.pushBytes(page, at, at + length);
      at += length;
    }
    return;
  }
  const texts = new Array<Uint8Array>(count);
  if (encoding === 'DELTA_LENGTH_BYTE_ARRAY') deltaLengthByteArray({ view, offset: at }, count, texts);
  else if (encoding === 'DELTA_BYTE_ARRAY') deltaByteArray({ view, offset: at }, count, texts);
  else unsupported(encoding);
  for (const text of texts) builder.pushBytes(text, 0, text.length);
}

function readNumbers(
  out: Values,
  to: number,
  page: Uint8Array,
  at: number,
  encoding: string,
  count: number,
  leaf: Leaf,
): void {
  const view = new DataView(page.buffer, page.byteOffset, page.length);
  if (leaf.physical === 'BOOLEAN') {
    if (encoding === 'RLE') readHybrid(page, at + 4, page.length, 1, out as Uint8Array, to, count);
    else if (encoding === 'PLAIN')
      for (let i = 0; i < count; i++) out[to + i] = (page[at + (i >> 3)]! >> (i & 7)) & 1;
    else unsupported(encoding);
  } else if (encoding === 'PLAIN') {
    const size = count * out.BYTES_PER_ELEMENT;
    if (at + size > page.length) throw new RangeError('values are cut off');
    new Uint8Array(out.buffer, out.byteOffset + to * out.BYTES_PER_ELEMENT, size).set(
      page.subarray(at, at + size),
    );
  } else if (encoding === 'DELTA_BINARY_PACKED') {
    deltaBinaryUnpack(
      { view, offset: at },
      count,
      out.subarray(to, to + count) as Int32Array | BigInt64Array,
    );
  } else if (encoding === 'BYTE_STREAM_SPLIT' && leaf.physical !== 'FIXED_LEN_BYTE_ARRAY') {
    const values = byteStreamSplit({ view, offset: at }, count, leaf.physical as 'DOUBLE', undefined);
    (out as Float64Array).set(values as Float64Array, to);
  } else unsupported(encoding);
}
