import type { Config, Origin, Piece } from '@fasthep/config';
import { copyPlaces } from '../../definition/index.ts';
import { keyOriginAt, originAt, pointer, spanOrigin } from '../../errors/index.ts';
import type { Definition } from '../../types/definition.ts';
import type { Json } from '../../types/json.ts';

/** Characters of a new text and where they stood in the old one: `[new offset, old offset]`, ascending. */
export type TextMap = [number, number][];

/** A value of a config, taken over or made of one, with the place of what it was made of. */
export class Sourced {
  readonly value: Arguments;
  /** Pointer into the config. */
  readonly at: string;
  /** For a text that was changed. */
  readonly map?: TextMap;

  constructor(value: Arguments, at: string, map?: TextMap) {
    this.value = value;
    this.at = at;
    if (map) this.map = map;
  }
}

/** Arguments as a syntax makes them: plain values, with places where they have one. */
export type Arguments = Json | Sourced | Arguments[] | { [key: string]: Arguments };

/** A value of the config with its place. */
export function sourced(value: Arguments, at: string, map?: TextMap): Sourced {
  return new Sourced(value, at, map);
}

/** Without the places. */
export function plain(tree: Arguments | undefined): Json {
  if (tree instanceof Sourced) return plain(tree.value);
  if (Array.isArray(tree)) return tree.map((one) => plain(one as Arguments));
  if (tree !== null && typeof tree === 'object')
    return Object.fromEntries(Object.entries(tree).map(([key, one]) => [key, plain(one as Arguments)]));
  return tree ?? null;
}

/** Gives a definition the places of arguments that stand at `target`. */
export function placeArguments(
  config: Config,
  definition: Definition,
  target: string,
  tree: Arguments,
): void {
  if (tree instanceof Sourced) {
    copyPlaces(config, tree.at, definition, target, plain(tree.value));
    const origin = originAt(config, tree.at);
    definition.origins[target] = tree.map ? moved(origin, tree.map) : origin;
    definition.keyOrigins[target] ??= keyOriginAt(config, tree.at);
    placeArguments(config, definition, target, tree.value);
  } else if (tree !== null && typeof tree === 'object') {
    for (const [key, one] of Object.entries(tree))
      placeArguments(config, definition, target + pointer(key), one as Arguments);
  }
}

/** The origin of a text that was changed, so that each of its characters leads to the one that it was made of. */
function moved(origin: Origin, map: TextMap): Origin {
  const pieces = map.map(([now, before]): Piece => {
    const { line, column, file } = spanOrigin(origin, [before, before + 1]);
    return file === origin.file ? [now, line, column] : [now, line, column, file];
  });
  return { ...origin, pieces };
}
