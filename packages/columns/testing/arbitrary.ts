/** Random tables for property tests. */
import fc from 'fast-check';
import { tableFromRows } from '../src/table/build.ts';
import type { Cell } from '../src/table/cell.ts';
import { INTEGER_RANGES, isBig } from '../src/table/primitives.ts';
import type { DataType, Primitive, Schema, Table } from '../src/table/types.ts';

export interface TypeOptions {
  kinds?: readonly Primitive[];
  /** How many lists and records may lie inside each other. */
  depth?: number;
  records?: boolean;
  nullable?: boolean;
}

const ALL: readonly Primitive[] = [
  'bool',
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
  'string',
];

export function arbitraryType(options: TypeOptions = {}): fc.Arbitrary<DataType> {
  const { kinds = ALL, depth = 2, records = true, nullable = true } = options;
  const mark = (type: DataType, missing: boolean): DataType =>
    missing && nullable ? { ...type, nullable: true } : type;
  const leaf = fc
    .tuple(fc.constantFrom(...kinds), fc.boolean())
    .map(([kind, missing]) => mark({ kind }, missing));
  if (depth === 0) return leaf;
  const inner = arbitraryType({ ...options, depth: depth - 1 });
  const list = fc.tuple(inner, fc.boolean()).map(([item, missing]) => mark({ kind: 'list', item }, missing));
  if (!records) return fc.oneof({ weight: 2, arbitrary: leaf }, list);
  const record = fc
    .tuple(
      fc.dictionary(fc.constantFrom('pt', 'eta', 'x y', '0'), inner, { minKeys: 1, maxKeys: 3 }),
      fc.boolean(),
    )
    .map(([fields, missing]) => mark({ kind: 'record', fields: { ...fields } }, missing));
  return fc.oneof({ weight: 2, arbitrary: leaf }, list, record);
}

export function arbitraryCell(type: DataType): fc.Arbitrary<Cell> {
  const bare = bareCell(type);
  return type.nullable ? fc.option(bare, { nil: null, freq: 3 }) : bare;
}

function bareCell(type: DataType): fc.Arbitrary<Cell> {
  if (type.kind === 'list') {
    const { size } = type;
    return fc.array(
      arbitraryCell(type.item),
      size === undefined ? { maxLength: 4 } : { minLength: size, maxLength: size },
    );
  }
  if (type.kind === 'record')
    return fc.record(
      Object.fromEntries(Object.entries(type.fields).map(([name, field]) => [name, arbitraryCell(field)])),
    );
  if (type.kind === 'bool') return fc.boolean();
  if (type.kind === 'string') return fc.string({ unit: 'binary', maxLength: 8 });
  if (type.kind === 'float32') return fc.float();
  if (type.kind === 'float64') return fc.double();
  const [low, high] = INTEGER_RANGES[type.kind]!;
  const whole = fc.oneof(fc.bigInt({ min: low, max: high }), fc.constantFrom(low, high));
  return isBig(type.kind) ? whole : whole.map(Number);
}

export interface RandomTable {
  schema: Schema;
  rows: Record<string, Cell>[];
  table: Table;
}

const NAMES = ['a', 'b', 'Muon_pt', 'x.y', 'ünïcode "name"', 'n,m'];

export function arbitraryTable(options: TypeOptions & { rows?: number } = {}): fc.Arbitrary<RandomTable> {
  return fc
    .dictionary(fc.constantFrom(...NAMES), arbitraryType(options), { minKeys: 1, maxKeys: 4 })
    .map((schema): Schema => ({ ...schema }))
    .chain((schema) =>
      fc
        .array(
          fc.record(
            Object.fromEntries(Object.entries(schema).map(([name, type]) => [name, arbitraryCell(type)])),
          ),
          { maxLength: options.rows ?? 20 },
        )
        .map((rows) => rows.map((row) => ({ ...row })))
        .map((rows) => ({ schema, rows, table: tableFromRows(rows, schema) })),
    );
}
