/** Tables as Parquet; loaded when the first one is written. */
import type { DecodedArray, SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { toValues } from '../../table/cell.ts';
import { isBig } from '../../table/primitives.ts';
import { schemaOf } from '../../table/type.ts';
import type { Column, DataType, Table } from '../../table/types.ts';

/** How Parquet is written. */
export interface ParquetOptions {
  /** Rows of a row group: 131,072. */
  rowGroupSize?: number;
}

/** A table as a Parquet file, compressed with Snappy. The same rows give the same bytes. */
export function encodeParquet(table: Table, options: ParquetOptions = {}): Uint8Array {
  const { rowGroupSize = 131_072 } = options;
  const types = Object.entries(schemaOf(table));
  const schema: SchemaElement[] = [{ name: 'schema', num_children: types.length }];
  for (const [name, type] of types) schema.push(...elementsOf(name, type));
  const columnData = Object.entries(table.columns).map(([name, column]) => ({ name, data: dataOf(column) }));
  return new Uint8Array(parquetWriteBuffer({ columnData, schema, rowGroupSize, createdBy: 'fasthep' }));
}

function elementsOf(name: string, type: DataType): SchemaElement[] {
  const repetition_type = type.nullable ? ('OPTIONAL' as const) : ('REQUIRED' as const);
  if (type.kind === 'list') {
    const list: SchemaElement = {
      name,
      repetition_type,
      num_children: 1,
      converted_type: 'LIST',
      logical_type: { type: 'LIST' },
    };
    return [
      list,
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      ...elementsOf('element', type.item),
    ];
  }
  if (type.kind === 'record') {
    const fields = Object.entries(type.fields).flatMap(([key, field]) => elementsOf(key, field));
    return [{ name, repetition_type, num_children: Object.keys(type.fields).length }, ...fields];
  }
  const base = { name, repetition_type };
  switch (type.kind) {
    case 'bool':
      return [{ ...base, type: 'BOOLEAN' }];
    case 'float32':
      return [{ ...base, type: 'FLOAT' }];
    case 'float64':
      return [{ ...base, type: 'DOUBLE' }];
    case 'string':
      return [{ ...base, type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } }];
    default: {
      const bits = Number(/\d+/.exec(type.kind)![0]) as 8 | 16 | 32 | 64;
      const signed = !type.kind.startsWith('u');
      const physical = isBig(type.kind) ? ('INT64' as const) : ('INT32' as const);
      if (signed && bits >= 32) return [{ ...base, type: physical }];
      // The older annotation: other readers refuse the newer one as this writer puts it.
      return [{ ...base, type: physical, converted_type: `${signed ? '' : 'U'}INT_${bits}` as const }];
    }
  }
}

/** Typed arrays where the writer takes them, else JavaScript values. */
function dataOf(column: Column): DecodedArray {
  if (column.kind !== 'primitive' || column.validity || column.type === 'bool') return toValues(column);
  const values = column.values.subarray(0, column.length);
  // The writer turns unsigned numbers into signed ones of the same bits only one by one.
  if (values instanceof Uint32Array) return Array.from(values);
  const narrow = values instanceof Int8Array || values instanceof Int16Array || values instanceof Uint16Array;
  return narrow || values instanceof Uint8Array ? Int32Array.from(values) : values;
}
