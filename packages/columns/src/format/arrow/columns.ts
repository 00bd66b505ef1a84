/** From the buffers of a record batch to columns; without copying where the layout is ours too. */
import { concatColumns } from '../../table/concat.ts';
import { ARRAYS, makeValues, type Numeric } from '../../table/primitives.ts';
import { takeColumn } from '../../table/take.ts';
import { TextBuilder } from '../../table/text.ts';
import type { Column, Primitive, StringColumn, Values } from '../../table/types.ts';
import { isValid, makeValidity } from '../../table/validity.ts';
import { type ArrowLayout, type BatchHeader, damaged } from './message.ts';
import type { ArrowField } from './schema.ts';

/** Where a field's nodes, buffers and views begin in a batch. */
export interface FieldPlace {
  field: ArrowField;
  node: number;
  nodes: number;
  buffer: number;
  buffers: number;
  variadic: number;
}

/** The place of each top-level field; `NaN` behind a field that cannot be stepped over. */
export function fieldPlaces(fields: readonly ArrowField[], variadic: readonly number[]): FieldPlace[] {
  const at = { node: 0, buffer: 0, variadic: 0 };
  return fields.map((field) => {
    const start = { ...at };
    step(field, at, variadic);
    return {
      field,
      node: start.node,
      nodes: at.node - start.node,
      buffer: start.buffer,
      buffers: at.buffer - start.buffer,
      variadic: start.variadic,
    };
  });
}

function step(
  field: ArrowField,
  at: { node: number; buffer: number; variadic: number },
  variadic: readonly number[],
) {
  const { layout } = field;
  at.node++;
  switch (layout.how) {
    case 'nothing':
      return;
    case 'text':
      at.buffer += 3;
      return;
    case 'textView':
      at.buffer += 2 + (variadic[at.variadic++] ?? 0);
      return;
    case 'list':
      at.buffer += 2;
      return step(layout.item, at, variadic);
    case 'fixedList':
      at.buffer += 1;
      return step(layout.item, at, variadic);
    case 'struct':
      at.buffer += 1;
      for (const inner of layout.fields) step(inner, at, variadic);
      return;
    case 'unreadable':
      at.buffer += layout.buffers + (layout.views ? (variadic[at.variadic++] ?? 0) : 0);
      for (const inner of layout.children) step(inner, at, variadic);
      return;
    default:
      at.buffer += 2;
  }
}

/** What is needed to make columns of a batch. */
export interface BatchReader {
  name: string;
  batch: BatchHeader;
  /** The uncompressed bytes of a buffer. */
  buffer(index: number): Uint8Array;
  dictionary(id: number): Column;
}

/** The column of a field whose nodes and buffers begin at `place`. */
export function readColumn(reader: BatchReader, place: FieldPlace): Column {
  const cursor = new Cursor(reader, place);
  return cursor.column(place.field);
}

class Cursor {
  private readonly reader: BatchReader;
  private node: number;
  private buffer: number;
  private variadic: number;

  constructor(reader: BatchReader, place: FieldPlace) {
    this.reader = reader;
    this.node = place.node;
    this.buffer = place.buffer;
    this.variadic = place.variadic;
  }

  private next(): Uint8Array {
    return this.reader.buffer(this.buffer++);
  }

  private values<T extends Primitive>(type: T, length: number): Values {
    const bytes = this.next();
    return viewOf(this.reader.name, bytes, type as Numeric, length);
  }

  column(field: ArrowField): Column {
    const node = this.reader.batch.nodes[this.node++];
    if (!node) return damaged(this.reader.name, 'a batch lacks columns of the schema');
    const { length } = node;
    if (!(length >= 0 && length < 2 ** 31)) damaged(this.reader.name, `a column of ${length} rows`);
    const { layout } = field;
    if (layout.how === 'nothing')
      return {
        kind: 'primitive',
        type: 'float64',
        length,
        values: new Float64Array(length),
        validity: makeValidity(length),
      };
    const marks = this.next();
    const column = this.bare(field, length);
    if (field.role) column.role = field.role;
    if (field.nullable) column.validity = marks.length > 0 ? marks : makeValidity(length).fill(255);
    if (field.nullable && marks.length > 0 && marks.length < length / 8)
      damaged(this.reader.name, `column '${field.name}' is cut off`);
    return column;
  }

  private bare({ layout }: ArrowField, length: number): Column {
    switch (layout.how) {
      case 'values':
        return { kind: 'primitive', type: layout.type, length, values: this.values(layout.type, length) };
      case 'bits':
        return { kind: 'primitive', type: 'bool', length, values: this.bits(length) };
      case 'half':
        return {
          kind: 'primitive',
          type: 'float32',
          length,
          values: widenHalf(this.values('uint16', length) as Uint16Array),
        };
      case 'text': {
        const offsets = this.offsets(length, layout.large);
        return { kind: 'string', length, offsets, bytes: this.next() };
      }
      case 'textView':
        return this.views(length);
      case 'list': {
        const offsets = this.offsets(length, layout.large);
        const content = this.column(layout.item);
        if (offsets[length]! > content.length) damaged(this.reader.name, 'a list goes beyond its items');
        const column: Column = { kind: 'list', length, offsets, content };
        if (layout.size !== undefined) column.size = layout.size;
        if (layout.counter !== undefined) column.counter = layout.counter;
        return column;
      }
      case 'fixedList': {
        const { size } = layout;
        const offsets = Int32Array.from({ length: length + 1 }, (_, i) => i * size);
        return { kind: 'list', length, offsets, content: this.column(layout.item), size };
      }
      case 'struct': {
        const fields = layout.fields.map((inner) => [inner.name, this.column(inner)] as const);
        return { kind: 'record', length, fields: Object.fromEntries(fields) };
      }
      case 'dictionary':
        return this.coded(layout.id, layout.codes, length);
      default:
        return damaged(this.reader.name, `values of the kind '${layout.how}'`);
    }
  }

  private bits(length: number): Uint8Array {
    const bytes = this.next();
    if (bytes.length * 8 < length) damaged(this.reader.name, 'a column of booleans is cut off');
    return unpackBits(bytes, length);
  }

  private coded(id: number, codes: Primitive, length: number): Column {
    const raw = this.values(codes, length);
    const indices =
      raw instanceof Int32Array ? raw.subarray(0, length) : Int32Array.from(raw as ArrayLike<number>, Number);
    const dictionary = this.reader.dictionary(id);
    for (let i = 0; i < length; i++)
      if (indices[i]! < 0 || (indices[i]! >= dictionary.length && dictionary.length > 0))
        damaged(this.reader.name, `dictionary ${id} has no entry ${indices[i]}`);
    if (dictionary.kind === 'string' && !dictionary.validity)
      return { kind: 'dictionary', length, codes: indices, dictionary };
    const taken = takeColumn(dictionary, dictionary.length === 0 ? indices.map(() => -1) : indices);
    delete taken.validity;
    return taken;
  }

  private offsets(length: number, large: boolean): Int32Array {
    const bytes = this.next();
    // Writers may leave out the only offset of an empty column.
    if (length === 0 && bytes.length === 0) return new Int32Array(1);
    const { name } = this.reader;
    const offsets = large
      ? Int32Array.from(viewOf(name, bytes, 'int64', length + 1) as BigInt64Array, Number)
      : (viewOf(name, bytes, 'int32', length + 1) as Int32Array);
    for (let i = 0; i < length; i++) if (offsets[i + 1]! < offsets[i]!) damaged(name, 'offsets go backwards');
    return offsets;
  }

  private views(length: number): StringColumn {
    const bytes = this.next();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const count = this.reader.batch.variadic[this.variadic++] ?? 0;
    const data = Array.from({ length: count }, () => this.next());
    const builder = new TextBuilder(length);
    for (let i = 0; i < length; i++) {
      const size = view.getInt32(16 * i, true);
      if (size <= 12) builder.pushBytes(bytes, 16 * i + 4, 16 * i + 4 + size);
      else {
        const start = view.getInt32(16 * i + 12, true);
        const from = data[view.getInt32(16 * i + 8, true)];
        if (!from || start + size > from.length) damaged(this.reader.name, 'a text goes beyond its bytes');
        builder.pushBytes(from, start, start + size);
      }
    }
    return builder.finish();
  }
}

/** A typed array over bytes, copied only where they are not aligned. */
function viewOf(name: string, bytes: Uint8Array, type: Numeric, length: number): Values {
  const Make = ARRAYS[type];
  const size = length * Make.BYTES_PER_ELEMENT;
  if (length === 0) return makeValues(type, 0);
  if (bytes.length < size) damaged(name, `a buffer has ${bytes.length} bytes, ${size} are needed`);
  if (bytes.byteOffset % Make.BYTES_PER_ELEMENT === 0)
    return new Make(bytes.buffer as ArrayBuffer, bytes.byteOffset, length);
  return new Make(bytes.slice(0, size).buffer, 0, length);
}

function unpackBits(bytes: Uint8Array, length: number): Uint8Array {
  const values = new Uint8Array(length);
  for (let i = 0; i < length; i++) values[i] = (bytes[i >> 3]! >> (i & 7)) & 1;
  return values;
}

/** IEEE 754 binary16. */
export function widenHalf(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, (bits) => {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 1023;
    if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
    return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -14 * (fraction / 1024));
  });
}

/** All parts of one dictionary as a column. */
export function readDictionary(
  layout: ArrowLayout,
  id: number,
  reader: (batch: BatchHeader) => BatchReader,
): Column {
  const field = layout.dictionaryFields.get(id)!;
  const parts = layout.dictionaries
    .filter((one) => one.id === id)
    .map(({ batch }) => readColumn(reader(batch), fieldPlaces([field], batch.variadic)[0]!));
  if (parts.length === 0)
    return { kind: 'string', length: 0, offsets: new Int32Array(1), bytes: new Uint8Array(0) };
  const values = concatColumns(parts, field.name);
  if (
    values.validity &&
    Array.from({ length: values.length }, (_, i) => i).every((i) => isValid(values.validity, i))
  )
    delete values.validity;
  return values;
}

/** Which fields have missing values in no batch: they are read as not nullable. */
export function narrowFields(layout: ArrowLayout): void {
  const places = layout.batches.map((batch) => fieldPlaces(layout.fields, batch.variadic));
  const visit = (
    field: ArrowField,
    nodes: readonly (number | undefined)[],
  ): readonly (number | undefined)[] => {
    if (field.nullable)
      field.nullable = nodes.some((node, b) =>
        node === undefined ? true : (layout.batches[b]!.nodes[node]?.missing ?? 1) !== 0,
      );
    let next: readonly (number | undefined)[] = nodes.map((node) =>
      node === undefined ? undefined : node + 1,
    );
    const { layout: own } = field;
    if (own.how === 'list' || own.how === 'fixedList') next = visit(own.item, next);
    if (own.how === 'struct') for (const inner of own.fields) next = visit(inner, next);
    if (own.how === 'unreadable') for (const inner of own.children) next = visit(inner, next);
    return next;
  };
  layout.fields.forEach((field, i) => {
    visit(
      field,
      places.map((batch) => batch[i]!.node),
    );
  });
}
