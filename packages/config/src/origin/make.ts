import type { Run } from './pieces.ts';
import { runsOf } from './pieces.ts';
import { pointerParent, valueAt } from './pointer.ts';
import type { Place } from './source.ts';
import type { Config, JsonPointer, Origin, Piece } from './types.ts';

/** Runs of a text as pieces of an origin; none where the text simply begins at the origin. */
export function piecesOf(runs: Run[], origin: Origin): Piece[] | undefined {
  const pieces = runs.map((run): Piece => {
    const { line, column } = run.source.lineColumn(run.at);
    return run.source.file === origin.file
      ? [run.offset, line, column]
      : [run.offset, line, column, run.source.file];
  });
  const [only] = pieces;
  if (pieces.length === 1 && only![1] === origin.line && only![2] === origin.column && only![3] === undefined)
    return undefined;
  return pieces;
}

/** A place as plain data. With the text value that stands there, its `pieces` too. */
export function originOf(place: Place, text?: string): Origin {
  const { line, column } = place.source.lineColumn(place.start);
  const end = place.source.lineColumn(place.end);
  const origin: Origin = { file: place.source.file, line, column };
  if (end.line !== line) origin.endLine = end.line;
  origin.endColumn = end.column;
  if (place.word !== undefined) origin.word = place.word;
  if (text !== undefined && place.style && (place.style !== 'plain' || end.line !== line)) {
    const pieces = piecesOf(runsOf(place, text), origin);
    if (pieces) origin.pieces = pieces;
  }
  return origin;
}

/** The place of one character of a text value. */
export function originInside(origin: Origin, offset: number): Origin {
  let found: Piece = [0, origin.line, origin.column];
  for (const piece of origin.pieces ?? []) {
    if (piece[0] > offset) break;
    found = piece;
  }
  const [from, line, column, file] = found;
  const inside: Origin = { file: file ?? origin.file, line, column: column + offset - from };
  if (origin.word !== undefined && !file) inside.word = origin.word;
  return inside;
}

/** The origin of a node or of its nearest ancestor that has one; with `offset`, of that character of its text. */
export function originAt(config: Config, pointer: JsonPointer, offset?: number): Origin {
  let at: JsonPointer | undefined = pointer;
  while (at !== undefined) {
    if (Object.hasOwn(config.origins, at)) {
      const origin = config.origins[at]!;
      if (at !== pointer || offset === undefined) return origin;
      return typeof valueAt(config.value, at) === 'string' ? originInside(origin, offset) : origin;
    }
    at = pointerParent(at);
  }
  return { file: Object.keys(config.sources)[0] ?? '', line: 1, column: 1 };
}
