import { didYouMean, nearest } from '@fasthep/expression';
import { dereference } from '../interpolation/resolve.ts';
import { Opaque } from '../interpolation/resolvers.ts';
import { originOf } from '../origin/make.ts';
import { pointerTo, valueAt } from '../origin/pointer.ts';
import type { Config, JsonPointer, Origin, PlainJson } from '../origin/types.ts';
import { findTarget } from '../override/target.ts';
import { ConfigErrors, ConfigProblem } from '../problem/problem.ts';
import { isInterpolation, type Node } from '../tree/node.ts';
import type { ComposedFile } from './compose-file.ts';

/** A text where it was written. */
export interface Written {
  origin: Origin;
  text: string;
}

/** A value of a composed file, and what had a say in it. */
export interface LookedUp {
  key: string;
  pointer: JsonPointer;
  value: PlainJson;
  /** What set it; its text where that is not the value. */
  set?: Written;
  /** Where the values of its interpolations were written, nearest first. */
  from: Written[];
  /** Interpolations that its key goes through. */
  through: Written[];
  /** What it beat, the strongest first. */
  over: Written[];
}

/** Value, origin and history of a key, `a.b[0]`. The config must be that of the tree. Throws `ConfigErrors`. */
export function lookUp(tree: ComposedFile, config: Config, key: string): LookedUp {
  const pointer = pointerOf(config, key);
  const value = valueAt(config.value, pointer) as PlainJson;
  const origin = config.origins[pointer];
  const written = (one: Origin): Written => ({ origin: one, text: textAt(config.sources, one) });
  const { node, through } = reached(tree, key);
  const beat = node?.beat?.length ?? 0;
  const via = origin?.via ?? [];
  return {
    key,
    pointer,
    value,
    ...(origin ? { set: written(origin) } : {}),
    from: via.slice(0, via.length - beat).map(written),
    through: through.map(written),
    over: via.slice(via.length - beat).map(written),
  };
}

/** The pointer of a key; where a map has dotted keys, the longest that matches. */
function pointerOf(config: Config, key: string): JsonPointer {
  let rest = key.replace(/\[([^\]]+)\]/g, '.$1').split('.');
  let at: PlainJson = config.value;
  let pointer = '';
  let before = '';
  while (rest.length > 0) {
    const map: object = typeof at === 'object' && at !== null ? at : {};
    let length = rest.length;
    while (length > 0 && !Object.hasOwn(map, rest.slice(0, length).join('.'))) length--;
    if (length === 0) throw unknown(config, key, before, rest, pointer, Object.keys(map));
    const part = rest.slice(0, length).join('.');
    at = (map as Record<string, PlainJson>)[part]!;
    pointer = pointerTo(pointer, part);
    before += `${part}.`;
    rest = rest.slice(length);
  }
  return pointer;
}

function unknown(
  config: Config,
  key: string,
  before: string,
  rest: string[],
  pointer: string,
  known: string[],
): ConfigErrors {
  const near = nearest(rest[0]!, known).map((name) => [before + name, ...rest.slice(1)].join('.'));
  const everywhere = allKeys(config.value);
  const lastOf = (one: string) => one.slice(one.lastIndexOf('.') + 1);
  const ends = new Set([rest.at(-1)!, ...nearest(rest.at(-1)!, everywhere.map(lastOf))]);
  const elsewhere = everywhere.filter((one) => ends.has(lastOf(one)));
  const names = (near.length > 0 ? near : elsewhere).slice(0, 3).map((name) => `'${name}'`);
  const help =
    names.length > 0
      ? `did you mean ${names.join(' or ')}?`
      : (didYouMean(key, everywhere) ??
        (known.length > 0 && known.length <= 20 ? `there are: ${known.join(', ')}` : undefined));
  const origin = config.origins[pointer];
  const problem = new ConfigProblem('key', `the config has no key '${key}'`, {
    help,
    ...(before !== '' && origin ? { origin } : {}),
  });
  return new ConfigErrors([problem], config.sources);
}

function allKeys(value: PlainJson, before = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    before + key,
    ...allKeys(inner, `${before}${key}.`),
  ]);
}

/** The node of a key, and the interpolations on the way to it. */
function reached(tree: ComposedFile, key: string): { node?: Node; through: Origin[] } {
  const parts = key.replace(/\[([^\]]+)\]/g, '.$1').split('.');
  const through: Origin[] = [];
  for (let length = 1; length < parts.length; length++) {
    const found = findTarget(tree.root, parts.slice(0, length).join('.'), tree.context);
    if (!('target' in found) || !isInterpolation(found.target.node)) continue;
    const { place } = found.target.node;
    if (place && !(dereference(found.target.node, tree.context) instanceof Opaque))
      through.push(originOf(place));
  }
  const found = findTarget(tree.root, parts.join('.'), tree.context);
  return 'target' in found ? { node: found.target.node, through } : { through };
}

/** What stands at an origin. */
function textAt(sources: Record<string, string>, origin: Origin): string {
  const { file, line, column, endLine = line, endColumn } = origin;
  const lines = (sources[file] ?? '').split('\n').slice(line - 1, endLine);
  if (lines.length === 0) return '';
  if (endColumn !== undefined) lines[lines.length - 1] = lines.at(-1)!.slice(0, endColumn - 1);
  lines[0] = lines[0]!.slice(column - 1);
  return lines.join('\n').trimEnd();
}
