import type { Origin } from '@fasthep/config';
import { parentOf, pointer } from './pointer.ts';

/** Anything whose nodes have places: a config or a definition. */
export interface Located {
  origins: Record<string, Origin>;
  keyOrigins: Record<string, Origin>;
  sources: Record<string, string>;
}

/** The place of a node, or of its nearest ancestor that has one. */
export function originAt(located: Located, path: string): Origin {
  for (let at: string | undefined = path; at !== undefined; at = parentOf(at))
    if (Object.hasOwn(located.origins, at)) return located.origins[at]!;
  return { file: Object.keys(located.sources)[0] ?? '', line: 1, column: 1 };
}

/** The place of the key of a node; where it has none (a list item), that of the node. */
export function keyOriginAt(located: Located, path: string): Origin {
  return Object.hasOwn(located.keyOrigins, path) ? located.keyOrigins[path]! : originAt(located, path);
}

/** Line and column of one character of a text, through quotes, folding and interpolation. */
function characterAt(origin: Origin, offset: number): Pick<Origin, 'file' | 'line' | 'column'> {
  let [from, line, column, file]: [number, number, number, string?] = [0, origin.line, origin.column];
  for (const piece of origin.pieces ?? []) {
    if (piece[0] > offset) break;
    [from, line, column, file] = piece;
  }
  return { file: file ?? origin.file, line, column: column + offset - from };
}

/** The place of the characters `[start, end)` of the text that stands at an origin. */
export function spanOrigin(origin: Origin, span: readonly [number, number]): Origin {
  const start = characterAt(origin, span[0]);
  // The last character rather than the end: that may lie in another piece.
  const last = characterAt(origin, Math.max(span[0], span[1] - 1));
  const place: Origin = { ...start, endColumn: start.column + 1 };
  if (last.file === start.file && last.line === start.line && last.column >= start.column)
    place.endColumn = last.column + 1;
  if (origin.word !== undefined && start.file === origin.file) place.word = origin.word;
  if (start.file !== origin.file || start.line < origin.line) place.via = [origin];
  return place;
}

/**
 * The place of a problem: the node at `path` below `start`, or the characters `span` of the text there.
 * Where the node has no place of its own, its nearest ancestor's; then a span means nothing and is dropped.
 */
export function problemAt(
  located: Located,
  start: string,
  path: readonly (string | number)[] = [],
  span?: readonly [number, number],
): Origin {
  const full = start + pointer(...path);
  const own = Object.hasOwn(located.origins, full);
  const origin = originAt(located, full);
  if (span && own) return spanOrigin(origin, span);
  // A key that stands there without a value of its own (an unknown argument) is the better place.
  return !own && Object.hasOwn(located.keyOrigins, full) ? located.keyOrigins[full]! : origin;
}

/** Where an interpolated value was written, for a problem's other places. Values that others overrode do not count. */
export function cameFrom(
  located: Located,
  origin: Origin,
): { related?: { message: string; origin: Origin }[] } {
  const from = origin.via?.[0];
  if (!from || origin.word !== undefined) return {};
  const line = located.sources[origin.file]?.split(/\r?\n/, origin.line)[origin.line - 1] ?? '';
  return line
    .slice(origin.column - 1)
    .replace(/^["']/, '')
    .startsWith('${')
    ? { related: [{ message: 'the value was written here', origin: from }] }
    : {};
}
