import { copyPlaces, noPlaces, type Placed } from '../../definition/index.ts';
import { pointer } from '../../errors/index.ts';
import type { Definition, Need, TaskDefinition } from '../../types/definition.ts';
import type { Json, JsonObject } from '../../types/json.ts';

/** A task as its author wrote it: one map of operator, needs and keywords, with its places. */
export function flatTask(definition: Definition, task: TaskDefinition): Placed {
  const at = task.source;
  const value: JsonObject = {};
  const places = noPlaces(definition.sources);
  if (definition.origins[at]) places.origins[''] = definition.origins[at];
  if (task.operator !== '') {
    value[task.operator] = task.args ?? {};
    copyPlaces(definition, `${at}/args`, places, pointer(task.operator), task.args);
    const key = definition.keyOrigins[`${at}/operator`];
    if (key) places.keyOrigins[pointer(task.operator)] = key;
  }
  if (task.needs) {
    value.needs = flatNeeds(task.needs);
    copyPlaces(definition, `${at}/needs`, places, '/needs', task.needs as unknown as Json);
    if (!Array.isArray(value.needs))
      task.needs.forEach((need, index) => {
        const step = `/needs${pointer(need.as!)}`;
        copyPlaces(definition, `${at}/needs/${index}`, places, step, null);
        const origin = places.origins[step];
        if (origin) places.origins[`${step}/0`] = origin;
      });
  }
  for (const [key, one] of Object.entries(task.control)) {
    value[key] = one;
    copyPlaces(definition, `${at}/control${pointer(key)}`, places, pointer(key), one);
  }
  return { value, in: places, at: '' };
}

/** Needs with ports merge port by port, so they are a map; each is wrapped, because a need is replaced whole. */
function flatNeeds(needs: readonly Need[]): Json {
  if (needs.length === 0 || needs.some((need) => need.as === undefined)) return needs as unknown as Json;
  return Object.fromEntries(needs.map((need) => [need.as!, [need as unknown as Json]]));
}

/** Back to a task at `target` of a definition, whose places it gets. `operators` are the keys that are operators. */
export function unflatten(
  flat: Placed,
  operators: ReadonlySet<string>,
  definition: Definition,
  target: string,
): { task: TaskDefinition; operators: string[] } {
  const task: TaskDefinition = { operator: '', args: null, control: {}, source: target };
  const found: string[] = [];
  for (const [key, value] of Object.entries(flat.value as JsonObject)) {
    const from = pointer(key);
    if (operators.has(key)) {
      found.push(key);
      if (found.length > 1) continue;
      task.operator = key;
      task.args = value;
      copyPlaces(flat.in, from, definition, `${target}/args`, value);
      const place = flat.in.keyOrigins[from];
      if (place) {
        definition.keyOrigins[`${target}/operator`] = place;
        definition.origins[`${target}/operator`] = place;
      }
    } else if (key === 'needs') {
      const listed = Array.isArray(value);
      task.needs = (listed ? value : Object.values(value as JsonObject).flat()) as unknown as Need[];
      const places = flat.in;
      if (places.origins[from]) definition.origins[`${target}/needs`] = places.origins[from];
      task.needs.forEach((need, index) => {
        const step = listed ? `${from}/${index}` : from + pointer(need.as!);
        copyPlaces(places, step, definition, `${target}/needs/${index}`, null);
      });
    } else {
      task.control[key] = value;
      copyPlaces(flat.in, from, definition, `${target}/control${from}`, value);
    }
  }
  return { task, operators: found };
}
