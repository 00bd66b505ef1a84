import { expressionNodes } from '../interpolation/expression.ts';
import { isLate } from '../interpolation/late.ts';
import { plainValue } from '../interpolation/register.ts';
import { dereference, evaluateInterpolation, isNodeValue, templateOf } from '../interpolation/resolve.ts';
import type { ResolveContext, Value } from '../interpolation/resolvers.ts';
import { Opaque } from '../interpolation/resolvers.ts';
import { valueText } from '../interpolation/text.ts';
import type { Interpolation, Template } from '../interpolation/tree.ts';
import { originOf, piecesOf } from '../origin/make.ts';
import type { Run } from '../origin/pieces.ts';
import { runsOf } from '../origin/pieces.ts';
import { pointerTo } from '../origin/pointer.ts';
import type { Place } from '../origin/source.ts';
import type { Config, JsonPointer, Origin, PlainJson } from '../origin/types.ts';
import { COMMAND_LINE } from '../origin/types.ts';
import { ConfigProblem } from '../problem/problem.ts';
import type { Node } from '../tree/node.ts';
import { contentOf, entriesOf, isContainer, isInterpolation, isMissing, itemsOf } from '../tree/node.ts';
import { fullKey } from '../tree/path.ts';
import { Float } from '../value/scalar.ts';
import { scalarText } from '../value/text.ts';

/** Deepest nesting that interpolations may build. */
const MAX_DEPTH = 500;
/** Most nodes that a config may have once its interpolations are followed. */
const MAX_NODES = 200_000;

/** A text put together from pieces of several places. */
interface Tracked {
  text: string;
  runs: Run[];
  via: Place[];
  /** Whether interpolations are left in it. */
  late: boolean;
}

/** Makes plain data, with places, of a tree. Collects problems instead of stopping at the first. */
export class Exporter {
  readonly context: ResolveContext;
  readonly origins: Record<JsonPointer, Origin> = {};
  readonly keyOrigins: Record<JsonPointer, Origin> = {};
  readonly problems: ConfigProblem[] = [];
  readonly late: JsonPointer[] = [];
  /** Whether `???` is left as it is instead of being a problem. */
  readonly keepMissing: boolean;
  #nodes = 0;

  constructor(context: ResolveContext, keepMissing: boolean) {
    this.context = context;
    this.keepMissing = keepMissing;
  }

  node(node: Node, pointer: JsonPointer, depth = 0): PlainJson {
    try {
      if (depth > MAX_DEPTH || ++this.#nodes > MAX_NODES)
        throw new ConfigProblem('limit', 'the interpolations build a config that is too large', {
          origin: node.place && originOf(node.place),
        });
      return this.read(node, pointer, depth);
    } catch (error) {
      if (!(error instanceof ConfigProblem)) throw error;
      if (!error.origin && node.place) error.origin = originOf(node.place);
      error.fullKey ??= fullKey(node);
      this.problems.push(error);
      if (error.code === 'limit') throw error;
      if (node.place) this.origins[pointer] = originOf(node.place);
      return null;
    }
  }

  read(node: Node, pointer: JsonPointer, depth: number): PlainJson {
    if (isInterpolation(node)) return this.interpolation(node, pointer, depth);
    if (isMissing(node) && !this.keepMissing)
      throw new ConfigProblem('missing', `the mandatory value '${fullKey(node)}' is not set`, {
        help: `set it in the file, or on the command line: ${fullKey(node)}=VALUE`,
      });
    if (!isContainer(node)) {
      this.mark(
        node,
        pointer,
        node.place && originOf(node.place, typeof node.value === 'string' ? node.value : undefined),
      );
      return leaf(node.value);
    }
    this.mark(node, pointer, node.place && originOf(node.place));
    if (node.content === null || typeof node.content === 'string') return node.content;
    if (node.kind === 'list')
      return itemsOf(node).map((item, index) => this.node(item, pointerTo(pointer, index), depth + 1));
    const map: { [key: string]: PlainJson } = {};
    for (const [key, child] of entriesOf(node)) {
      const text = scalarText(key);
      const at = pointerTo(pointer, text);
      const value = this.node(child, at, depth + 1);
      // A plain assignment would reach the prototype.
      if (text === '__proto__')
        Object.defineProperty(map, text, { value, enumerable: true, configurable: true, writable: true });
      else map[text] = value;
      if (child.keyPlace) this.keyOrigins[at] = originOf(child.keyPlace);
    }
    return map;
  }

  mark(node: Node, pointer: JsonPointer, origin: Origin | undefined): void {
    if (!origin) return;
    const beat = node.beat?.map((place) => originOf(place)) ?? [];
    if (beat.length > 0) origin.via = [...(origin.via ?? []), ...beat];
    this.origins[pointer] = origin;
  }

  interpolation(node: Node, pointer: JsonPointer, depth: number): PlainJson {
    const template = templateOf(node, this.context);
    const [only] = template;
    if (template.length === 1 && only!.kind !== 'literal' && !isLate(only!, this.context.late)) {
      const reached = dereference(node, this.context);
      const own = node.place && originOf(node.place);
      if (reached instanceof Opaque) {
        const used = only!.kind === 'expression' ? this.named(only!, node) : [];
        if (own && used.length > 0) own.via = used.map((place) => originOf(place));
        this.opaque(reached.value, pointer, own);
        if (own) this.mark(node, pointer, own);
        return plainValue(reached.value, this.context) as PlainJson;
      }
      const sources = this.sourcesOf(reached, only!, node);
      const value = this.read(reached, pointer, depth);
      if (own) {
        if (sources.length > 0) own.via = sources.map((place) => originOf(place));
        if (sources.length > 0 && only!.kind !== 'expression') {
          if (reached.kind === 'value' && typeof reached.value === 'string') {
            const runs = runsOfNode(reached);
            if (runs) own.pieces = piecesOf(runs, own);
          }
        }
        delete this.origins[pointer];
        this.mark(node, pointer, own);
      }
      return value;
    }
    const tracked = this.tracked(template, node);
    if (tracked.late) this.late.push(pointer);
    const origin = node.place && originOf(node.place);
    if (origin) {
      origin.pieces = piecesOf(tracked.runs, origin);
      if (!origin.pieces) delete origin.pieces;
      if (tracked.via.length > 0) origin.via = tracked.via.map((place) => originOf(place));
      this.mark(node, pointer, origin);
    }
    return tracked.text;
  }

  /** Where the value was written that an interpolation leads to, or those that an expression is computed from. */
  sourcesOf(reached: Node, part: Interpolation, node: Node): Place[] {
    if (part.kind === 'expression') return this.named(part, node);
    return reached.place && reached.place !== node.place ? [reached.place] : [];
  }

  named(part: Interpolation, node: Node): Place[] {
    if (part.kind !== 'expression') return [];
    return expressionNodes(part, node).flatMap(({ place }) => place ?? []);
  }

  /** Gives the parts of a value that no file holds the place of what made them. */
  opaque(value: Value, pointer: JsonPointer, origin: Origin | undefined): void {
    if (!origin) return;
    this.origins[pointer] = origin;
    if (Array.isArray(value))
      for (const [index, item] of value.entries()) this.opaque(item, pointerTo(pointer, index), origin);
    else if (value instanceof Map)
      for (const [key, item] of value) this.opaque(item, pointerTo(pointer, scalarText(key)), origin);
  }

  /** The text of a template and where each of its characters came from. */
  tracked(template: Template, node: Node): Tracked {
    const own = node.place?.style ? runsOf(node.place, contentOf(node) as string) : undefined;
    const late = template.some((part) => part.kind !== 'literal' && isLate(part, this.context.late));
    const source = contentOf(node) as string;
    const result: Tracked = { text: '', runs: [], via: [], late };
    const ownRuns = (from: number, length: number) => {
      for (const run of own ?? []) {
        const next = own![own!.indexOf(run) + 1]?.offset ?? Number.POSITIVE_INFINITY;
        const start = Math.max(run.offset, from);
        if (start < Math.min(next, from + length))
          result.runs.push({
            offset: result.text.length + start - from,
            source: run.source,
            at: run.at + start - run.offset,
          });
      }
    };
    for (const part of template) {
      if (part.kind === 'literal') {
        ownRuns(part.at, part.text.length);
        result.text += late ? part.text.replaceAll('${', '\\${') : part.text;
      } else if (isLate(part, this.context.late)) {
        ownRuns(part.start, part.end - part.start);
        result.text += source.slice(part.start, part.end);
      } else {
        const value = evaluateInterpolation(part, node, this.context);
        const text = valueText(value);
        const made = isNodeValue(value) && value.place && value.place !== node.place ? value : undefined;
        const runs = made && runsOfNode(made);
        if (runs)
          for (const run of runs) result.runs.push({ ...run, offset: result.text.length + run.offset });
        else ownRuns(part.start, 1);
        if (part.kind === 'expression') result.via.push(...this.named(part, node));
        else if (made?.place) result.via.push(made.place);
        result.text += late ? text.replaceAll('${', '\\${') : text;
      }
    }
    return result;
  }
}

/** Where the characters of a node stand once it is text. */
function runsOfNode(node: Node): Run[] | undefined {
  if (!node.place) return undefined;
  if (node.kind === 'value' && typeof node.value === 'string' && node.place.style)
    return runsOf(node.place, node.value);
  return [{ offset: 0, source: node.place.source, at: node.place.start }];
}

function leaf(value: unknown): PlainJson {
  if (typeof value === 'bigint') return Number(value);
  if (value === null || typeof value !== 'object') return value as PlainJson;
  if (value instanceof Float) return value.value;
  if (Array.isArray(value) || value instanceof Map)
    return plainValue(value as Value, { trail: [] } as never) as PlainJson;
  return scalarText(value);
}

/** A config of plain data from a tree. */
export function exportConfig(
  root: Node,
  context: ResolveContext,
  given: {
    sources: Record<string, string>;
    overrides: string[];
    choices?: Config['choices'];
    keepMissing?: boolean;
  },
): { config: Config; problems: ConfigProblem[] } {
  const exporter = new Exporter(context, given.keepMissing ?? false);
  let value: PlainJson = null;
  try {
    value = exporter.node(root, '');
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error;
  }
  const sources = { ...given.sources };
  if (given.overrides.length > 0) sources[COMMAND_LINE] ??= given.overrides.join('\n');
  const config: Config = {
    format: 1,
    value,
    origins: exporter.origins,
    keyOrigins: exporter.keyOrigins,
    sources,
    overrides: given.overrides,
    choices: given.choices ?? {},
  };
  if (exporter.late.length > 0) config.late = exporter.late;
  return { config, problems: exporter.problems };
}
