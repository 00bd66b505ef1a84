/** Arrow's types and ours. Numbers and slots: Schema.fbs of the Arrow format. */
import type { Column, DataType, Primitive, Role } from '../../table/types.ts';
import type { FlatTable, FlatView, Slot } from './flatbuffer.ts';

/** Numbers of the union `Type`. */
export const TYPE = {
  null: 1,
  int: 2,
  float: 3,
  binary: 4,
  utf8: 5,
  bool: 6,
  decimal: 7,
  date: 8,
  time: 9,
  timestamp: 10,
  list: 12,
  struct: 13,
  fixedSizeBinary: 15,
  fixedSizeList: 16,
  map: 17,
  duration: 18,
  largeBinary: 19,
  largeUtf8: 20,
  largeList: 21,
  binaryView: 23,
  utf8View: 24,
} as const;

/** How a field lies in a record batch, and what becomes of it. */
export type Layout =
  | { how: 'values'; type: Primitive }
  | { how: 'bits' }
  | { how: 'half' }
  | { how: 'text'; large: boolean }
  | { how: 'textView' }
  | { how: 'list'; large: boolean; item: ArrowField; size?: number; counter?: string }
  | { how: 'fixedList'; size: number; item: ArrowField }
  | { how: 'struct'; fields: ArrowField[] }
  | { how: 'dictionary'; id: number; codes: Primitive; values: ArrowField }
  | { how: 'nothing' }
  /** Present in the file, not in our types. `buffers` and `children` say what to step over. */
  | { how: 'unreadable'; reason: string; buffers: number; children: ArrowField[]; views?: boolean };

/** A field of an Arrow schema. */
export interface ArrowField {
  name: string;
  nullable: boolean;
  layout: Layout;
  role?: Role;
}

const SIZE = 'fasthep:size';
const COUNTER = 'fasthep:counter';
const ROLE = 'fasthep:role';

/** The schema's fields from a `Schema` table. */
export function readFields(schema: FlatView): ArrowField[] {
  return schema.tables(1).map(readField);
}

function readField(field: FlatView): ArrowField {
  const dictionary = field.table(4);
  const plain: ArrowField = { name: field.text(0), nullable: field.i8(1) !== 0, layout: readLayout(field) };
  const { role } = notesOf(field);
  if (role) plain.role = role;
  if (!dictionary) return plain;
  const index = dictionary.table(1);
  const codes = intName(index ? index.i32(0) : 32, index ? index.i8(1) !== 0 : true);
  return { ...plain, layout: { how: 'dictionary', id: dictionary.i64(0), codes, values: plain } };
}

function intName(bits: number, signed: boolean): Primitive {
  if (![8, 16, 32, 64].includes(bits)) throw new RangeError(`integers of ${bits} bits`);
  return `${signed ? '' : 'u'}int${bits}` as Primitive;
}

function readLayout(field: FlatView): Layout {
  const kind = field.i8(2);
  // Tables that a sound file always has: without them it is damaged, which the caller reports.
  const need = <T>(value: T | undefined): T => {
    if (value === undefined) throw new RangeError('a field lacks a part');
    return value;
  };
  const type = field.table(3);
  const children = field.tables(5).map(readField);
  const unreadable = (what: string, buffers: number): Layout => ({
    how: 'unreadable',
    reason: `${what} values cannot be read`,
    buffers,
    children,
  });
  switch (kind) {
    case TYPE.null:
      return { how: 'nothing' };
    case TYPE.int:
      return { how: 'values', type: intName(need(type).i32(0), need(type).i8(1) !== 0) };
    case TYPE.float: {
      const precision = need(type).i16(0);
      return precision === 0
        ? { how: 'half' }
        : { how: 'values', type: precision === 1 ? 'float32' : 'float64' };
    }
    case TYPE.bool:
      return { how: 'bits' };
    case TYPE.utf8:
      return { how: 'text', large: false };
    case TYPE.largeUtf8:
      return { how: 'text', large: true };
    case TYPE.utf8View:
      return { how: 'textView' };
    // Times are read as the whole numbers that they are stored as.
    case TYPE.date:
      return { how: 'values', type: need(type).i16(0, 1) === 0 ? 'int32' : 'int64' };
    case TYPE.time:
      return { how: 'values', type: need(type).i32(1, 32) === 64 ? 'int64' : 'int32' };
    case TYPE.timestamp:
    case TYPE.duration:
      return { how: 'values', type: 'int64' };
    case TYPE.list:
    case TYPE.map:
    case TYPE.largeList:
      return { how: 'list', large: kind === TYPE.largeList, item: need(children[0]), ...notesOf(field) };
    case TYPE.fixedSizeList:
      return { how: 'fixedList', size: need(type).i32(0), item: need(children[0]) };
    case TYPE.struct:
      return { how: 'struct', fields: children };
    case TYPE.decimal:
      return unreadable('decimal', 2);
    case TYPE.fixedSizeBinary:
      return unreadable('binary', 2);
    case TYPE.binary:
    case TYPE.largeBinary:
      return unreadable('binary', 3);
    case TYPE.binaryView:
      return { ...unreadable('binary', 2), views: true } as Layout;
    default:
      return unreadable(`Arrow type ${kind}`, Number.NaN);
  }
}

function notesOf(field: FlatView): { size?: number; counter?: string; role?: Role } {
  const out: ReturnType<typeof notesOf> = {};
  for (const note of field.tables(6)) {
    if (note.text(0) === SIZE) out.size = Number(note.text(1));
    if (note.text(0) === COUNTER) out.counter = note.text(1);
    if (note.text(0) === ROLE) out.role = note.text(1) as Role;
  }
  return out;
}

/** Why a field cannot be read, if it or anything inside cannot. */
export function unreadableReason(field: ArrowField): string | undefined {
  const { layout } = field;
  if (layout.how === 'unreadable') return layout.reason;
  if (layout.how === 'list' || layout.how === 'fixedList') return unreadableReason(layout.item);
  if (layout.how === 'dictionary') return unreadableReason(layout.values);
  if (layout.how === 'struct') for (const inner of layout.fields) return unreadableReason(inner) ?? undefined;
  return undefined;
}

/** The type that a field is read as; nullable as the field says. */
export function typeOfField(field: ArrowField): DataType {
  const type = bareType(field.layout);
  return field.nullable || field.layout.how === 'nothing' ? { ...type, nullable: true } : type;
}

function bareType(layout: Layout): DataType {
  switch (layout.how) {
    case 'values':
      return { kind: layout.type };
    case 'bits':
      return { kind: 'bool' };
    case 'half':
      return { kind: 'float32' };
    case 'text':
    case 'textView':
      return { kind: 'string' };
    case 'list': {
      const type: DataType = { kind: 'list', item: typeOfField(layout.item) };
      if (layout.size !== undefined) type.size = layout.size;
      if (layout.counter !== undefined) type.counter = layout.counter;
      return type;
    }
    case 'fixedList':
      return { kind: 'list', item: typeOfField(layout.item), size: layout.size };
    case 'struct':
      return {
        kind: 'record',
        fields: Object.fromEntries(layout.fields.map((field) => [field.name, typeOfField(field)])),
      };
    case 'dictionary':
      return bareType(layout.values.layout);
    default:
      return { kind: 'float64' };
  }
}

/** Every dictionary of a schema, by its number. */
export function dictionariesOf(fields: readonly ArrowField[]): Map<number, ArrowField> {
  const found = new Map<number, ArrowField>();
  const visit = ({ layout }: ArrowField): void => {
    if (layout.how === 'dictionary') {
      found.set(layout.id, layout.values);
      visit(layout.values);
    } else if (layout.how === 'list' || layout.how === 'fixedList') visit(layout.item);
    else if (layout.how === 'struct') layout.fields.forEach(visit);
    else if (layout.how === 'unreadable') layout.children.forEach(visit);
  };
  fields.forEach(visit);
  return found;
}

/** A `Schema` table for these columns; dictionaries are numbered in the order of the columns. */
export function writeSchema(columns: Readonly<Record<string, Column>>): FlatTable {
  const counter = { next: 0 };
  const fields = Object.entries(columns).map(([name, column]) => writeField(name, column, counter));
  return [{ i16: 0 }, { tables: fields }];
}

function writeField(name: string, column: Column, counter: { next: number }): FlatTable {
  const [kind, type, children, notes = []] = writeType(column, counter);
  if (column.role) notes.push([ROLE, column.role]);
  const dictionary: Slot =
    column.kind === 'dictionary'
      ? { table: [{ i64: counter.next++ }, { table: [{ i32: 32 }, { i8: 1 }] }] }
      : undefined;
  return [
    { text: name },
    { i8: column.validity ? 1 : 0 },
    { i8: kind },
    { table: type },
    dictionary,
    { tables: children },
    notes.length === 0
      ? undefined
      : { tables: notes.map(([key, value]) => [{ text: key }, { text: value }]) },
  ];
}

type Notes = [key: string, value: string][];

function writeType(
  column: Column,
  counter: { next: number },
): [kind: number, type: FlatTable, children: FlatTable[], notes?: Notes] {
  switch (column.kind) {
    case 'string':
    case 'dictionary':
      return [TYPE.utf8, [], []];
    case 'list': {
      const notes: Notes = [];
      if (column.size !== undefined) notes.push([SIZE, String(column.size)]);
      if (column.counter !== undefined) notes.push([COUNTER, column.counter]);
      const item = writeField('item', column.content, counter);
      return [TYPE.list, [], [item], notes];
    }
    case 'record': {
      const fields = Object.entries(column.fields).map(([name, field]) => writeField(name, field, counter));
      return [TYPE.struct, [], fields];
    }
    case 'primitive': {
      const { type } = column;
      if (type === 'bool') return [TYPE.bool, [], []];
      if (type === 'float32' || type === 'float64')
        return [TYPE.float, [{ i16: type === 'float32' ? 1 : 2 }], []];
      const bits = Number(/\d+/.exec(type)![0]);
      return [TYPE.int, [{ i32: bits }, { i8: type.startsWith('u') ? 0 : 1 }], []];
    }
  }
}
