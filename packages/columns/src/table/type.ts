import type { Column, DataType, Schema, Table } from './types.ts';

/** The type of a column. A dictionary is text; `nullable` where there is a validity. */
export function typeOf(column: Column): DataType {
  const type = bareType(column);
  return column.validity ? { ...type, nullable: true } : type;
}

function bareType(column: Column): DataType {
  switch (column.kind) {
    case 'primitive':
      return { kind: column.type };
    case 'string':
    case 'dictionary':
      return { kind: 'string' };
    case 'list': {
      const type: DataType = { kind: 'list', item: typeOf(column.content) };
      if (column.size !== undefined) type.size = column.size;
      if (column.counter !== undefined) type.counter = column.counter;
      return type;
    }
    case 'record':
      return { kind: 'record', fields: mapFields(column.fields, typeOf) };
  }
}

/** The types of a table's columns. */
export function schemaOf(table: Table): Schema {
  return mapFields(table.columns, typeOf);
}

/** The same keys with other values; safe for names such as `__proto__`. */
export function mapFields<A, B>(
  fields: Record<string, A>,
  make: (value: A, name: string) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, make(value, name)]));
}

/** Whether two types hold the same values: `size`, `counter` and, unless `strict`, `nullable` do not count. */
export function sameType(a: DataType, b: DataType, strict = false): boolean {
  if (a.kind !== b.kind || (strict && Boolean(a.nullable) !== Boolean(b.nullable))) return false;
  if (a.kind === 'list') return sameType(a.item, (b as typeof a).item, strict);
  if (a.kind !== 'record') return true;
  const other = (b as typeof a).fields;
  const names = Object.keys(a.fields);
  const names2 = Object.keys(other);
  return (
    names.length === names2.length &&
    names.every((name, i) => name === names2[i] && sameType(a.fields[name]!, other[name]!, strict))
  );
}

/** A type for messages: `float64`, `list<int32?>`, `{pt: float32, charge: int8}`. `?` marks missing values. */
export function formatType(type: DataType): string {
  const mark = type.nullable ? '?' : '';
  if (type.kind === 'list')
    return `list<${formatType(type.item)}${type.size === undefined ? '' : `, ${type.size}`}>${mark}`;
  if (type.kind !== 'record') return type.kind + mark;
  const fields = Object.entries(type.fields).map(([name, field]) => `${name}: ${formatType(field)}`);
  return `{${fields.join(', ')}}${mark}`;
}
