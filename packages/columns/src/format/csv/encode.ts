import { ColumnsError } from '../../error.ts';
import { cell } from '../../table/cell.ts';
import { formatType, typeOf } from '../../table/type.ts';
import type { Column, Table } from '../../table/types.ts';
import { isValid } from '../../table/validity.ts';

/** How CSV is written. */
export interface CsvOptions {
  /** One character; `,` (`\t` for TSV). */
  delimiter?: string;
}

const encoder = new TextEncoder();

/**
 * A table as CSV with a header: missing is empty, an empty text `""`, floats always with a point or exponent
 * (`1.0`, `nan`, `inf`) so that they are read as floats again. Records become columns `a.b`. Throws `csv.nested`
 * for lists.
 */
export function encodeCsv(table: Table, options: CsvOptions = {}): Uint8Array {
  const { delimiter = ',' } = options;
  const quote = quoter(delimiter);
  const columns = Object.entries(table.columns).flatMap(([name, column]) => flatten(name, column));
  const writers = columns.map(([name, column]) => cellWriter(name, column, quote));
  const parts = [encoder.encode(`${columns.map(([name]) => quote(name)).join(delimiter)}\n`)];
  for (let start = 0; start < table.length; start += 4096) {
    let text = '';
    for (let i = start; i < Math.min(start + 4096, table.length); i++) {
      for (let k = 0; k < writers.length; k++) text += (k > 0 ? delimiter : '') + writers[k]!(i);
      text += '\n';
    }
    parts.push(encoder.encode(text));
  }
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A number as CSV and JSON readers of other languages take it: `1.0`, `1e+21`, `nan`, `-inf`. */
export function formatFloat(value: number): string {
  if (Number.isInteger(value)) {
    const text = Object.is(value, -0) ? '-0' : String(value);
    return text.includes('e') ? text : `${text}.0`;
  }
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}

function flatten(name: string, column: Column): [string, Column][] {
  if (column.kind !== 'record') return [[name, column]];
  const { validity } = column;
  return Object.entries(column.fields).flatMap(([key, field]) => {
    const inner = flatten(`${name}.${key}`, field);
    return validity
      ? inner.map(([path, one]): [string, Column] => [path, underRecord(one, validity)])
      : inner;
  });
}

/** A field is missing where its record is. */
function underRecord(column: Column, outer: Uint8Array): Column {
  const { validity } = column;
  return { ...column, validity: validity ? validity.map((byte, i) => byte & outer[i]!) : outer };
}

function quoter(delimiter: string): (text: string) => string {
  return (text) =>
    text === '' || text.includes(delimiter) || /["\r\n]/.test(text)
      ? `"${text.replaceAll('"', '""')}"`
      : text;
}

function cellWriter(name: string, column: Column, quote: (text: string) => string): (row: number) => string {
  const write = bareWriter(name, column, quote);
  const { validity } = column;
  return validity ? (i) => (isValid(validity, i) ? write(i) : '') : write;
}

function bareWriter(name: string, column: Column, quote: (text: string) => string): (row: number) => string {
  switch (column.kind) {
    case 'string':
    case 'dictionary':
      return (i) => quote(cell(column, i) as string);
    case 'primitive': {
      const { values, type } = column;
      if (type === 'bool') return (i) => (values[i] ? 'true' : 'false');
      if (type === 'float32' || type === 'float64') return (i) => formatFloat(values[i] as number);
      return (i) => String(values[i]);
    }
    default:
      throw new ColumnsError(
        'csv.nested',
        `column '${name}' is ${formatType(typeOf(column))}, which CSV cannot hold`,
        'explode the lists, leave the column out, or write parquet, arrow or jsonl',
      );
  }
}
