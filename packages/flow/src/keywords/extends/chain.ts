import { layOver, noPlaces, type Placed } from '../../definition/index.ts';
import type { Json, JsonObject } from '../../types/json.ts';

/** Where definitions with parents come from. */
export interface Family {
  /** A definition by name, its own keys only. */
  own(name: string): Placed | undefined;
  /** The names of its parents, later ones over earlier. */
  parents(name: string): string[];
}

/** Why a definition has no resolved form. */
export type ChainFault =
  | { kind: 'unknown'; child: string; index: number; parent: string }
  | { kind: 'cycle'; chain: string[] };

/**
 * A definition with those of its parents below it: maps deep, lists replaced, later parents over earlier, own
 * keys over all; `null` deletes a key.
 */
export function resolveChain(
  family: Family,
  name: string,
  done: Map<string, Placed | ChainFault> = new Map(),
  open: readonly string[] = [],
): Placed | ChainFault {
  const known = done.get(name);
  if (known) return known;
  const at = open.indexOf(name);
  if (at >= 0) {
    const fault: ChainFault = { kind: 'cycle', chain: [...open.slice(at), name] };
    // One circle is told once, from wherever it was entered first.
    for (const one of open) done.set(one, fault);
    return fault;
  }
  const own = family.own(name)!;
  let result: Placed | undefined;
  for (const [index, parent] of family.parents(name).entries()) {
    const resolved: Placed | ChainFault = family.own(parent)
      ? resolveChain(family, parent, done, [...open, name])
      : { kind: 'unknown', child: name, index, parent };
    if ('kind' in resolved) {
      if (resolved.kind === 'unknown') done.set(name, resolved);
      return resolved;
    }
    result = result ? over(result, resolved) : resolved;
  }
  const whole = result ? over(result, own) : own;
  done.set(name, whole);
  return whole;
}

function over(below: Placed, above: Placed): Placed {
  const places = noPlaces();
  return { value: layOver(below, above, places, ''), in: places, at: '' };
}

/**
 * The same for plain maps, whose key `key` names parents. Undefined for one whose parents are unknown or
 * extend one another.
 */
export function resolveExtends(
  definitions: Readonly<Record<string, JsonObject>>,
  key = 'extends',
): Record<string, JsonObject | undefined> {
  const empty = noPlaces();
  const family: Family = {
    own(name) {
      if (!Object.hasOwn(definitions, name)) return undefined;
      const { [key]: _parents, ...own } = definitions[name]!;
      return { value: own, in: empty, at: '' };
    },
    parents: (name) => [definitions[name]?.[key] ?? []].flat() as string[],
  };
  const done = new Map<string, Placed | ChainFault>();
  const resolved: Record<string, JsonObject | undefined> = {};
  for (const name of Object.keys(definitions)) {
    const one = resolveChain(family, name, done);
    resolved[name] = 'kind' in one ? undefined : (one.value as Json as JsonObject);
  }
  return resolved;
}
