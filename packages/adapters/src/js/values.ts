/** Products as a user's JavaScript sees them, and back. */
import {
  type Column,
  columnFrom,
  fromUhi,
  type Histogram,
  inferSchema,
  inferType,
  makeTable,
  type Table,
  tableFromRows,
  toUhi,
  toValues,
  type UhiHistogram,
} from '@fasthep/columns';
import type { Json, NamedValue } from '@fasthep/flow';
import { AdaptError } from '../error.ts';
import { plainResult } from '../reader/state.ts';

/** A table as columns: numbers as typed arrays, anything else as lists; a histogram as UHI; other values as they are. */
export function shownValue({ type, value }: NamedValue): unknown {
  if (type === 'histogram') return toUhi(value as Histogram);
  if (type !== 'table' && type !== 'report') return value;
  const { columns } = value as Table;
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, shownColumn(column)]));
}

function shownColumn(column: Column): unknown {
  const plain = column.kind === 'primitive' && column.type !== 'bool' && !column.validity;
  return plain ? column.values.subarray(0, column.length) : toValues(column);
}

/** What a function returned, as a value of the type that it was to give. Throws `adapt.result`. */
export function givenValue(value: unknown, type: string, what: string): unknown {
  if (type === 'json') return plainResult(value);
  try {
    if (type === 'histogram') return fromUhi(value as UhiHistogram);
    return Array.isArray(value)
      ? tableFromRows(value, inferSchema(value))
      : tableOfColumns(value as Record<string, ArrayLike<unknown>>);
  } catch (error) {
    throw new AdaptError(
      'adapt.result',
      `${what} gave no ${type}: ${(error as Error).message}`,
      type === 'table'
        ? 'return columns ({name: [values]}) or a list of rows'
        : 'return a histogram in UHI form',
    );
  }
}

function tableOfColumns(columns: Record<string, ArrayLike<unknown>>): Table {
  if (typeof columns !== 'object' || columns === null)
    throw new TypeError(`it is ${JSON.stringify(columns as Json)}`);
  return makeTable(
    Object.fromEntries(
      Object.entries(columns).map(([name, values]) => {
        const list = Array.from(values);
        return [name, columnFrom(list, inferType(list), name)];
      }),
    ),
  );
}
