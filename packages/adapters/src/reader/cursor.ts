/**
 * The event under a cursor: getters over columns, and views over the offsets of lists. Nothing is made for an
 * event. The classes are written out for the columns at hand, so that each getter reads one kind of array.
 */
import { type Column, cell, type DataType, isValid, type Schema, type Table } from '@fasthep/columns';
import { canonicalName } from '../fields/type.ts';
import type { EventView } from './types.ts';

/** A cursor over batches of rows: `move` to the next row costs an assignment. */
export interface Cursor {
  view: EventView & { row: number };
  /** Looks at another batch, whose columns have the types that the cursor was made for. */
  load(table: Table): void;
}

type Slot = Record<string, unknown>;

const PLAIN = new Set([
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'float32',
  'float64',
]);

/** Body of the expression that reads item `at` of a plain column kept in `x.v`. */
const plainItem = (type: DataType, at: string) => (type.kind === 'bool' ? `x.v[${at}] !== 0` : `x.v[${at}]`);

const isPlain = (type: DataType) => PLAIN.has(type.kind) || type.kind === 'bool';

/** Makes the cursor for rows of a schema. Columns may be missing in rows where the type says so, or the batch. */
export function makeCursor(schema: Schema): Cursor {
  const names = Object.keys(schema);
  const slots: Slot[] = names.map(() => ({}));
  const body = names.map((name, k) => {
    const type = schema[name]!;
    const keys = [...new Set([name, canonicalName(name)])];
    const get = `{ const x = slots[${k}], i = this.row; if (x.m !== undefined && !valid(x.m, i)) return null; ${returned(type, k)} }`;
    return keys.map((key) => `get [${JSON.stringify(key)}]() ${get}`).join('\n');
  });
  const lists = names.map((name) => listClass(schema[name]!));
  // The text holds names of fields as quoted strings only, and no word of the data.
  const source = `const ${names.map((_, k) => `x${k} = slots[${k}]`).join(', ') || 'none = 0'};
return class { constructor() { this.row = 0; }
${body.map((text) => text.replaceAll(/slots\[(\d+)\]/g, 'x$1')).join('\n')} };`;
  const View = new Function('slots', 'valid', 'cell', source)(
    slots,
    isValid,
    cell,
  ) as new () => Cursor['view'];
  const view = new View();
  names.forEach((_, k) => {
    const List = lists[k];
    if (List) slots[k]!.l = new List(view, slots[k]!);
  });
  return {
    view,
    load(table) {
      for (const [k, name] of names.entries()) fill(slots[k]!, table.columns[name]!);
      view.row = 0;
    },
  };
}

function returned(type: DataType, k: number): string {
  if (isPlain(type)) return `return ${plainItem(type, 'i')};`;
  if (type.kind === 'list') return `return slots[${k}].l;`;
  return 'return cell(x.c, i);';
}

function fill(slot: Slot, column: Column): void {
  slot.c = column;
  slot.m = column.validity;
  if (column.kind === 'primitive') slot.v = column.values;
  if (column.kind !== 'list') return;
  slot.o = column.offsets;
  slot.n = column.content;
  slot.im = column.content.validity;
  if (column.content.kind === 'primitive') slot.v = column.content.values;
}

type ListConstructor = new (view: Cursor['view'], slot: Slot) => unknown;

/** The class of the lists of one column: its item type is written into it. */
function listClass(type: DataType): ListConstructor | undefined {
  if (type.kind !== 'list') return undefined;
  const item = isPlain(type.item) ? plainItem(type.item, 'k') : 'cell(x.n, k)';
  const missing = type.item.nullable ? 'if (x.im !== undefined && !valid(x.im, k)) return null;' : '';
  const source = `return class {
  constructor(view, slot) { this.e = view; this.x = slot; }
  get length() { const o = this.x.o, i = this.e.row; return o[i + 1] - o[i]; }
  at(j) {
    const x = this.x, i = this.e.row, start = x.o[i], stop = x.o[i + 1], k = j < 0 ? stop + j : start + j;
    if (k < start || k >= stop) return undefined;
    ${missing} return ${item};
  }
  *[Symbol.iterator]() { const n = this.length; for (let j = 0; j < n; j++) yield this.at(j); }
};`;
  return new Function('valid', 'cell', source)(isValid, cell) as ListConstructor;
}
