import type { DataType } from '@fasthep/columns';
import { RootError } from '../error/error.ts';
import type { NumberType } from '../streamer/node.ts';
import { encodingOf, isChar } from './encoding.ts';
import type { Field, PhysicalColumn } from './types.ts';

/** How a field is put together from columns. Of representations one holds the values in each cluster. */
export type Shape =
  | { s: 'number'; type: NumberType; columns: PhysicalColumn[] }
  /** Lengths of a collection elsewhere. */
  | { s: 'cardinality'; type: 'int32' | 'int64'; columns: PhysicalColumn[] }
  | { s: 'string'; columns: [index: PhysicalColumn, chars: PhysicalColumn][] }
  | { s: 'list'; columns: PhysicalColumn[]; item: Shape }
  /** A list of none or one. */
  | { s: 'optional'; columns: PhysicalColumn[]; item: Shape }
  | { s: 'array'; size: number; item: Shape }
  | { s: 'record'; fields: [name: string, shape: Shape][] }
  /** One of its alternatives in every row, the others missing. */
  | { s: 'variant'; columns: PhysicalColumn[]; fields: [name: string, shape: Shape][] };

/** The shape of a field; throws RootError when it cannot be read. */
export function shapeOf(field: Field): Shape {
  switch (field.role) {
    case 'plain':
      return plain(field);
    case 'collection': {
      const columns = first(field);
      const optional = /^std::(?:optional|unique_ptr)</.test(field.typeName);
      const item: Shape =
        field.children.length === 1
          ? shapeOf(field.children[0]!)
          : { s: 'record', fields: field.children.map((child) => [child.name, shapeOf(child)]) };
      return { s: optional ? 'optional' : 'list', columns, item };
    }
    case 'record':
      return { s: 'record', fields: members(field) };
    case 'variant':
      return {
        s: 'variant',
        columns: first(field),
        fields: field.children.map((child) => [child.name, shapeOf(child)]),
      };
    case 'streamer':
      throw new RootError('ROOT-E06', `objects of class ${field.typeName} are stored as they are streamed`);
  }
}

function plain(field: Field): Shape {
  const [child] = field.children;
  if (field.size > 0) {
    if (child) return { s: 'array', size: field.size, item: shapeOf(child) };
    return { s: 'array', size: field.size, item: columnsShape(field) };
  }
  if (field.representations.length === 0) {
    // std::atomic and enumerations keep their value in a field of their own.
    if (child && field.children.length === 1) return shapeOf(child);
    if (field.children.length === 0 && field.size === 0)
      throw new RootError('ROOT-E06', `field '${field.name}' of type ${field.typeName} has no columns`);
  }
  return columnsShape(field);
}

/**
 * Fields of base classes, called `:_0`, count as the class's own. Where names meet, the one of the base is called
 * `Base::name`.
 */
function members(field: Field): [string, Shape][] {
  const found = field.children.flatMap((child): { base: string; name: string; shape: Shape }[] =>
    /^:_\d+$/.test(child.name)
      ? members(child).map(([name, shape]) => ({ base: child.typeName, name, shape }))
      : [{ base: '', name: child.name, shape: shapeOf(child) }],
  );
  const times = new Map<string, number>();
  for (const { name } of found) times.set(name, (times.get(name) ?? 0) + 1);
  return found.map(({ base, name, shape }) => [
    base !== '' && times.get(name)! > 1 ? `${base}::${name}` : name,
    shape,
  ]);
}

function columnsShape(field: Field): Shape {
  const { representations } = field;
  const [one] = representations;
  if (!one || one.length === 0) throw new RootError('ROOT-E06', `field '${field.name}' has no columns`);
  if (one.length === 2 && isChar(one[1]!))
    return { s: 'string', columns: representations.map((pair) => [pair[0]!, pair[1]!]) };
  if (one.length !== 1) throw new RootError('ROOT-E06', `type ${field.typeName} of ${one.length} columns`);
  const columns = first(field);
  const types = columns.map((column) => encodingOf(column).type);
  if (types.every((type) => type === 'index')) {
    if (!field.typeName.includes('RNTupleCardinality'))
      throw new RootError('ROOT-E06', `type ${field.typeName} of an index`);
    return { s: 'cardinality', type: encodingOf(columns[0]!).bits === 32 ? 'int32' : 'int64', columns };
  }
  return { s: 'number', type: widest(types), columns };
}

function first(field: Field): PhysicalColumn[] {
  if (field.representations.length === 0)
    throw new RootError('ROOT-E06', `field '${field.name}' of type ${field.typeName} has no columns`);
  return field.representations.map((columns) => {
    const [column] = columns;
    if (!column) throw new RootError('ROOT-E03', `field '${field.name}' lacks a column`);
    return column;
  });
}

const wider: readonly NumberType[][] = [
  ['bool', 'uint8', 'uint16', 'uint32', 'uint64'],
  ['bool', 'int8', 'int16', 'int32', 'int64'],
  ['uint8', 'int16', 'int32', 'int64'],
  ['uint16', 'int32', 'int64'],
  ['uint32', 'int64'],
  ['float32', 'float64'],
  ['int8', 'int16', 'float32', 'float64'],
  ['uint8', 'uint16', 'float32', 'float64'],
  ['int32', 'float64'],
  ['uint32', 'float64'],
];

/** The narrowest type that holds the values of all. */
function widest(types: readonly (NumberType | 'index' | 'switch')[]): NumberType {
  const result = types.reduce((a, b) => {
    if (a === b) return a;
    const chain = wider.find((one) => one.includes(a as NumberType) && one.includes(b as NumberType));
    if (!chain) throw new RootError('ROOT-E06', `representations as ${a} and as ${b} in one field`);
    return chain[Math.max(chain.indexOf(a as NumberType), chain.indexOf(b as NumberType))]!;
  });
  if (result === 'index' || result === 'switch')
    throw new RootError('ROOT-E03', `a number cannot be an ${result}`);
  return result;
}

/** The column type of a shape. */
export function typeOfShape(shape: Shape): DataType {
  switch (shape.s) {
    case 'number':
    case 'cardinality':
      return { kind: shape.type };
    case 'string':
      return { kind: 'string' };
    case 'list':
      return { kind: 'list', item: typeOfShape(shape.item) };
    case 'optional':
      return { ...typeOfShape(shape.item), nullable: true };
    case 'array':
      return { kind: 'list', item: typeOfShape(shape.item), size: shape.size };
    case 'record':
      return {
        kind: 'record',
        fields: Object.fromEntries(shape.fields.map(([name, inner]) => [name, typeOfShape(inner)])),
      };
    case 'variant':
      return {
        kind: 'record',
        fields: Object.fromEntries(
          shape.fields.map(([name, inner]) => [name, { ...typeOfShape(inner), nullable: true }]),
        ),
      };
  }
}

/** A part of a shape: `pt` of a list of records is a list of `pt`. Undefined when there is none. */
export function selectShape(shape: Shape, path: readonly string[]): Shape | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return shape;
  switch (shape.s) {
    case 'record': {
      const found = shape.fields.find(([field]) => field === name || field === `_${name}`);
      return found && selectShape(found[1], rest);
    }
    case 'list':
    case 'optional':
    case 'array': {
      const item = selectShape(shape.item, path);
      return item && { ...shape, item };
    }
    default:
      return undefined;
  }
}

/** All physical columns of a shape. */
export function columnsOfShape(shape: Shape): PhysicalColumn[] {
  switch (shape.s) {
    case 'number':
    case 'cardinality':
      return shape.columns;
    case 'string':
      return shape.columns.flat();
    case 'list':
    case 'optional':
      return [...shape.columns, ...columnsOfShape(shape.item)];
    case 'array':
      return columnsOfShape(shape.item);
    case 'record':
      return shape.fields.flatMap(([, inner]) => columnsOfShape(inner));
    case 'variant':
      return [...shape.columns, ...shape.fields.flatMap(([, inner]) => columnsOfShape(inner))];
  }
}
