export { columnFrom, makeTable, tableFromRows } from './build.ts';
export { type Cell, cell, toRows, toValues } from './cell.ts';
export { concatColumns, concatTables } from './concat.ts';
export { dictionaryEncode, toText } from './dictionary.ts';
export { columnDifference, equalTables, tableDifference } from './equal.ts';
export { explodeTable } from './explode.ts';
export { inferSchema, inferType } from './infer.ts';
export { type Json, previewTable, type TablePreview, toJson } from './preview.ts';
export {
  ARRAYS,
  INTEGER_RANGES,
  isBig,
  isInteger,
  makeValues,
  type Numeric,
  PRIMITIVES,
} from './primitives.ts';
export { sliceColumn, sliceTable } from './slice.ts';
export { type SortOptions, sortIndices, sortTable } from './sort.ts';
export { filterRows, type Indices, maskIndices, takeColumn, takeRows } from './take.ts';
export { compareBytes, decodeText, encodeText, stringColumn, TextBuilder } from './text.ts';
export { formatType, mapFields, sameType, schemaOf, typeOf } from './type.ts';
export type {
  Column,
  DataType,
  DictionaryColumn,
  ListColumn,
  Primitive,
  PrimitiveColumn,
  RecordColumn,
  Role,
  Schema,
  StringColumn,
  Table,
  Validity,
  Values,
} from './types.ts';
export { countMissing, isValid, makeValidity, setValid, sliceValidity } from './validity.ts';
