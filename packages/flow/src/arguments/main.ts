import { copyPlaces, dropPlaces, isMap } from '../definition/index.ts';
import { type Located, pointer } from '../errors/index.ts';
import type { Json } from '../types/json.ts';
import type { Operator } from '../types/plugin.ts';

/** Arguments by name: a text or list is the main argument, nothing is none. Maps stay as they are. */
export function expandMain(operator: Operator, args: Json): Json {
  if (isMap(args)) return args;
  if (args === null) return {};
  return operator.main === undefined ? args : { [operator.main]: args };
}

/**
 * The same, with the operator's own short forms, in a definition: places of arguments go where the
 * arguments go. `at` is the pointer of the arguments.
 */
export function normaliseAt(located: Located, at: string, operator: Operator, args: Json): Json {
  let named = expandMain(operator, args);
  if (named !== args && args !== null && operator.main !== undefined) {
    const target = at + pointer(operator.main);
    copyPlaces(located, at, located, target, args);
    if (typeof args === 'object')
      for (const [key, item] of Object.entries(args)) dropPlaces(located, at + pointer(key), item);
  }
  if (operator.normalise) {
    const before = named;
    named = operator.normalise(before);
    // A list of own names made a map: its items keep their places, in order.
    if (Array.isArray(before) && isMap(named) && Object.keys(named).length === before.length)
      Object.keys(named).forEach((key, index) => {
        copyPlaces(located, at + pointer(index), located, at + pointer(key), before[index]!);
      });
  }
  return named;
}
