import type { ContextOptions } from '../interpolation/context.ts';
import { resolveContext } from '../interpolation/context.ts';
import { templateRoots } from '../interpolation/late.ts';
import { parseTemplate } from '../interpolation/parse.ts';
import { originInside } from '../origin/make.ts';
import { pointerKeys, valueAt } from '../origin/pointer.ts';
import { Source } from '../origin/source.ts';
import type { Config, JsonPointer, Origin, Piece, PlainJson } from '../origin/types.ts';
import { ConfigErrors, ConfigProblem } from '../problem/problem.ts';
import { nodeFrom } from '../tree/create.ts';
import type { Node } from '../tree/node.ts';
import { attach, MapNode, ValueNode } from '../tree/node.ts';
import type { Key } from '../value/scalar.ts';
import { exportConfig } from './export.ts';

const inside = (pointer: JsonPointer, under: JsonPointer) =>
  pointer === under || pointer.startsWith(`${under}/`);

/**
 * Binds what `late` left open below `pointer`: a copy of the config in which `${matrix.x}` has the value that
 * `names.matrix.x` gives. Other names mean the config's own values. Throws `ConfigErrors`.
 */
export function bindLate(
  config: Config,
  pointer: JsonPointer,
  names: Record<string, PlainJson>,
  options: ContextOptions = {},
): Config {
  const open = (config.late ?? []).filter((one) => inside(one, pointer));
  if (open.length === 0) return config;
  const context = resolveContext(options);
  const value = structuredClone(config.value);
  const origins = { ...config.origins };
  const problems: ConfigProblem[] = [];
  const still: JsonPointer[] = [];
  for (const at of open) {
    const text = valueAt(config.value, at) as string;
    const origin = config.origins[at];
    const root = new MapNode();
    const content = root.content as Map<Key, Node>;
    const put = (key: string, node: Node) => {
      attach(root, key, node);
      content.set(key, node);
    };
    for (const name of templateRoots(parseTemplate(text, context.expressions))) {
      const given = Object.hasOwn(names, name) ? names[name] : valueAt(config.value, `/${name}`);
      if (given !== undefined) put(name, nodeFrom(given));
    }
    const holder = new ValueNode(text, {
      source: new Source('', text),
      start: 0,
      end: text.length,
      style: 'plain',
    });
    put('\0', holder);
    const made = exportConfig(holder, context, { sources: {}, overrides: [] });
    const back = (place: Origin): Origin =>
      origin ? { ...originInside(origin, place.column - 1), via: undefined } : place;
    for (const problem of made.problems) {
      const moved = problem.origin && origin ? back(problem.origin) : problem.origin;
      problems.push(new ConfigProblem(problem.code, problem.message, { help: problem.help, origin: moved }));
    }
    if (made.config.late) still.push(at);
    setAt(value, at, made.config.value);
    if (!origin) continue;
    const written = made.config.value;
    const length = typeof written === 'string' ? written.length : 0;
    const pieces = backThrough(made.config.origins['']?.pieces ?? [[0, 1, 1]], origin, length);
    origins[at] = { ...origin, pieces };
  }
  if (problems.length > 0) throw new ConfigErrors(problems, config.sources);
  const late = [...(config.late ?? []).filter((one) => !inside(one, pointer)), ...still];
  const bound: Config = { ...config, value, origins };
  if (late.length > 0) bound.late = late;
  else delete bound.late;
  return bound;
}

/** Pieces that count in a text which itself came from several places. */
function backThrough(pieces: Piece[], origin: Origin, length: number): Piece[] {
  const found: Piece[] = [];
  for (const [index, [offset, , column]] of pieces.entries()) {
    const end = pieces[index + 1]?.[0] ?? length;
    const from = column - 1;
    const add = (at: number, inText: number) => {
      const place = originInside(origin, inText);
      found.push(
        place.file === origin.file
          ? [at, place.line, place.column]
          : [at, place.line, place.column, place.file],
      );
    };
    add(offset, from);
    for (const [inText] of origin.pieces ?? []) {
      const at = offset + inText - from;
      if (at > offset && at < end) add(at, inText);
    }
  }
  return found;
}

function setAt(root: PlainJson, pointer: JsonPointer, value: PlainJson): void {
  const keys = pointerKeys(pointer);
  const last = keys.pop()!;
  const parent = valueAt(
    root,
    keys.reduce((at, key) => `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, ''),
  );
  (parent as Record<string, PlainJson>)[last] = value;
}
