import { variableOf } from '../ir/graph.ts';
import type { Datum } from '../ir/types.ts';
import type { Data } from '../value/types.ts';
import type { Interpreter } from './interpreter.ts';

/** A value of one row as plain data: lists as arrays, records as maps, missing as null. */
export type Plain = Datum | null | Plain[] | { [name: string]: Plain };

/** What a value is in the row that the interpreter stands at. */
export function plainValue(value: Data, interpreter: Interpreter): Plain {
  return inside(value, 0, interpreter);
}

function inside(value: Data, depth: number, interpreter: Interpreter): Plain {
  const level = value.shape[depth];
  if (level) {
    if (!interpreter.holds(level.present)) return null;
    const items: Plain[] = [];
    interpreter.each(
      level.axis,
      () => items.push(inside(value, depth + 1, interpreter)),
      variableOf(level.axis),
    );
    return items;
  }
  if (!interpreter.holds(value.ok)) return null;
  if (value.kind === 'scalar') return interpreter.value(value.node);
  const fields: { [name: string]: Plain } = {};
  for (const [name, get] of value.fields) fields[name] = inside(get() as Data, depth, interpreter);
  return fields;
}
