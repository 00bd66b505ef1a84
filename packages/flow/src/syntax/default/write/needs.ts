import type { Need } from '../../../types/definition.ts';
import type { Json, JsonObject } from '../../../types/json.ts';

/** One need as it is written. */
function one({ task, port, data, optional, matrix }: Need): Json {
  const name = port === undefined ? task : `${task}.${port}`;
  if (data === undefined && optional === undefined && matrix === undefined) return name;
  const made: JsonObject = { task: name };
  if (data !== undefined) made.data = data;
  if (optional !== undefined) made.optional = optional;
  if (matrix !== undefined) made.matrix = matrix;
  return made;
}

/** `needs` as it is written: a map where every need has a port of its own, else a list. */
export function writtenNeeds(needs: readonly Need[]): Json {
  const ports = new Set(needs.map((need) => need.as));
  if (needs.length > 0 && !ports.has(undefined) && ports.size === needs.length)
    return Object.fromEntries(needs.map((need) => [need.as!, one(need)]));
  return needs.map(one);
}
