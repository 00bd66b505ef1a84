import type { Pair, YAMLMap, YAMLSeq, Node as YamlNode, Scalar as YamlScalar } from 'yaml';
import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { originOf } from '../origin/make.ts';
import type { Place, Source, Style } from '../origin/source.ts';
import type { Code } from '../problem/codes.ts';
import { ConfigProblem } from '../problem/problem.ts';
import { MAX_DEPTH } from '../tree/create.ts';
import type { Node } from '../tree/node.ts';
import { attach, ListNode, MapNode, ValueNode } from '../tree/node.ts';
import type { Key, Scalar } from '../value/scalar.ts';
import { equalKey } from '../value/scalar.ts';
import { scalarText } from '../value/text.ts';
import type { YamlOptions } from './options.ts';
import { yamlProblem } from './problems.ts';
import { resolve11 } from './resolve11.ts';
import { resolve12 } from './resolve12.ts';
import { readTagged } from './tags.ts';

const STYLES: Record<string, Style> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

/** What reading one document gave: problems do not hide each other. */
export interface Reading {
  /** Undefined for an empty document. */
  node: Node | undefined;
  problems: ConfigProblem[];
}

class Reader {
  readonly source: Source;
  readonly omegaconf: boolean;
  readonly problems: ConfigProblem[] = [];
  readonly anchors = new Map<string, YamlNode>();
  /** Anchored nodes that are being read: an alias to one of them is a cycle. */
  readonly open = new Set<string>();
  aliasNodes: number;
  inAlias = 0;
  /** How many flow collections the node lies in. */
  inFlow = 0;

  constructor(source: Source, options: YamlOptions) {
    this.source = source;
    this.omegaconf = options.mode === 'omegaconf';
    this.aliasNodes = options.maxAliasNodes ?? 100_000;
  }

  place(node: YamlNode | null | undefined, at = 0): Place {
    const range = node?.range;
    return range
      ? { source: this.source, start: range[0], end: range[1] }
      : { source: this.source, start: at, end: at };
  }

  fail(code: Code, message: string, place: Place, help?: string): void {
    this.problems.push(new ConfigProblem(code, message, { help, origin: originOf(place) }));
  }

  node(node: YamlNode | null, at: number, depth: number): Node {
    if (depth > MAX_DEPTH)
      throw new ConfigProblem('limit', `the document is nested deeper than ${MAX_DEPTH} levels`, {
        origin: originOf(this.place(node, at)),
      });
    if (this.inAlias > 0 && --this.aliasNodes < 0)
      throw new ConfigProblem('limit', 'the aliases of the document expand to too many nodes', {
        origin: originOf(this.place(node, at)),
      });
    if (isAlias(node)) return this.alias(node, depth);
    const anchor = (node as { anchor?: string } | null)?.anchor;
    if (anchor && this.omegaconf && !/^[\w-]+$/.test(anchor))
      this.fail('yaml-syntax', `'&${anchor}' is no name for an anchor`, this.place(node, at));
    if (anchor) {
      this.anchors.set(anchor, node!);
      this.open.add(anchor);
    }
    const flow = (isMap(node) || isSeq(node)) && node.flow ? 1 : 0;
    this.inFlow += flow;
    const read = isMap(node)
      ? this.map(node, depth)
      : isSeq(node)
        ? this.list(node, depth)
        : this.scalar(node as YamlScalar | null, at);
    this.inFlow -= flow;
    if (anchor) this.open.delete(anchor);
    return read;
  }

  alias(node: YamlNode & { source: string }, depth: number): Node {
    const place = this.place(node);
    const target = this.anchors.get(node.source);
    if (!target || this.open.has(node.source)) {
      const message = target
        ? `the alias '*${node.source}' stands inside its own anchor`
        : `no anchor '&${node.source}' stands above`;
      this.fail(
        'yaml-syntax',
        message,
        place,
        target ? undefined : `text that begins with '*' must be quoted`,
      );
      return new ValueNode(null, place);
    }
    this.inAlias++;
    // Read again, without marking the anchor open or moving it.
    const { anchor } = target as { anchor?: string };
    (target as { anchor?: string | undefined }).anchor = undefined;
    const read = this.node(target, place.start, depth);
    (target as { anchor?: string | undefined }).anchor = anchor;
    this.inAlias--;
    return read;
  }

  scalar(node: YamlScalar | null, at: number): Node {
    const place = this.place(node, at);
    if (!node) return new ValueNode(null, place);
    const text = String(node.source ?? node.value ?? '');
    place.style = STYLES[node.type ?? 'PLAIN'] ?? 'plain';
    const value = this.scalarValue(node, text, place);
    if (typeof value !== 'string') delete place.style;
    return new ValueNode(value, place);
  }

  scalarValue(node: YamlScalar, text: string, place: Place): Scalar {
    if (node.tag && node.tag !== '!') return readTagged(this, node.tag, text, place) as Scalar;
    if (node.type !== 'PLAIN' || node.tag === '!') return text;
    if (!this.omegaconf) return resolve12(text);
    if (this.inFlow > 0 && text.startsWith('?')) {
      // PyYAML takes a '?' within brackets for the mark of a key.
      this.fail('yaml-syntax', "text within brackets cannot begin with '?'", place, `quote it: '${text}'`);
      return null;
    }
    const value = resolve11(text);
    if (value === undefined) {
      // PyYAML gives these two a tag that no constructor takes.
      this.fail('yaml-syntax', `'${text}' is not a value`, place, `quote it: '${text}'`);
      return null;
    }
    return value;
  }

  list(node: YAMLSeq, depth: number): Node {
    const place = this.place(node);
    const tag = node.tag;
    const pairs = this.omegaconf && (tag === 'tag:yaml.org,2002:omap' || tag === 'tag:yaml.org,2002:pairs');
    if (tag && !pairs && !['tag:yaml.org,2002:seq', '!'].includes(tag)) {
      const value = readTagged(this, tag, '', place, node);
      if (!Array.isArray(value)) return new ValueNode(value, place);
    }
    const list = new ListNode([], place);
    const items = list.content as Node[];
    for (const item of node.items) {
      const child = this.node(item as YamlNode | null, place.end, depth + 1);
      attach(list, items.length, child);
      items.push(child);
    }
    if (pairs) for (const [index, item] of items.entries()) items[index] = this.pair(item, list, index);
    return list;
  }

  /** An entry of `!!omap` or `!!pairs`: a map of one key becomes the list of key and value. */
  pair(item: Node, list: ListNode, index: number): Node {
    const [entry, more] = item.kind === 'map' && item.content instanceof Map ? [...item.content] : [];
    if (!entry || more) {
      this.fail(
        'yaml-syntax',
        'an entry of !!omap and !!pairs is a map of one key',
        item.place ?? list.place!,
      );
      return item;
    }
    const pair = new ListNode([], item.place);
    const key = new ValueNode(entry[0] as Scalar, entry[1].keyPlace);
    attach(pair, 0, key);
    attach(pair, 1, entry[1]);
    pair.content = [key, entry[1]];
    attach(list, index, pair);
    return pair;
  }

  key(node: YamlNode | null, at: number): Key | undefined {
    const place = this.place(node, at);
    let target = node;
    if (isAlias(node)) target = this.anchors.get(node.source) ?? null;
    else if ((node as { anchor?: string } | null)?.anchor)
      this.anchors.set((node as { anchor: string }).anchor, node!);
    if (target && !isScalar(target)) {
      this.fail('yaml-syntax', 'a key must be text, not a list or a map', place, 'quote the key');
      return undefined;
    }
    const scalar = target as YamlScalar | null;
    const text = String(scalar?.source ?? scalar?.value ?? '');
    if (!scalar) {
      this.fail('yaml-syntax', 'the key is missing', place);
      return undefined;
    }
    if (!this.omegaconf) return text;
    const value = this.scalarValue(scalar, text, place);
    if (value === null || typeof value === 'bigint') {
      this.fail('validation', `'${text}' cannot be a key`, place, `quote it: '${text}'`);
      return undefined;
    }
    return value as Key;
  }

  map(node: YAMLMap, depth: number): Node {
    const place = this.place(node);
    if (node.tag && !['tag:yaml.org,2002:map', '!'].includes(node.tag))
      readTagged(this, node.tag, '', place, node);
    const map = new MapNode(new Map(), place);
    const own = new Map<Key, Node>();
    const merged: Node[] = [];
    let after = place.start;
    for (const pair of node.items as Pair<YamlNode | null, YamlNode | null>[]) {
      const keyPlace = this.place(pair.key, after);
      after = keyPlace.end;
      if (isScalar(pair.key) && pair.key.type === 'PLAIN' && pair.key.source === '<<' && !pair.key.tag) {
        merged.push(...this.mergeSources(pair.value, keyPlace, depth));
        continue;
      }
      const given = this.key(pair.key, after);
      const key = given === undefined ? undefined : equalKey(own, given);
      const value = this.node(pair.value ?? null, keyPlace.end, depth + 1);
      after = value.place?.end ?? after;
      if (key === undefined) continue;
      const first = own.get(key);
      if (first) {
        const text = typeof key === 'string' ? key : scalarText(key);
        // As OmegaConf: only texts are compared; of other equal keys the last one stays.
        if (!this.omegaconf || typeof key === 'string') {
          this.problems.push(
            new ConfigProblem('duplicate-key', `the key '${text}' stands twice in one map`, {
              help: 'rename or remove one of the two',
              origin: originOf(keyPlace),
              related: [{ message: `'${text}' stands here first`, origin: originOf(first.keyPlace!) }],
            }),
          );
          continue;
        }
      }
      value.keyPlace = keyPlace;
      own.set(key, value);
    }
    const content = map.content as Map<Key, Node>;
    for (const source of merged)
      if (source.kind === 'map' && source.content instanceof Map)
        for (const [key, child] of source.content) content.set(key, child);
    for (const [key, child] of own) content.set(key, child);
    for (const [key, child] of content) attach(map, key, child);
    return map;
  }

  /** The maps that `<<:` names, the strongest first. */
  mergeSources(node: YamlNode | null, keyPlace: Place, depth: number): Node[] {
    const value = this.node(node, keyPlace.end, depth + 1);
    const sources = value.kind === 'list' && Array.isArray(value.content) ? value.content : [value];
    for (const source of sources)
      if (source.kind !== 'map')
        this.fail('yaml-syntax', "'<<' takes a map or a list of maps", source.place ?? keyPlace);
    return sources.reverse();
  }
}

/** Reads one YAML document into a tree whose nodes know their places. Never throws on bad text. */
export function readYaml(source: Source, options: YamlOptions = {}): Reading {
  const reader = new Reader(source, options);
  let node: Node | undefined;
  try {
    const document = parseDocument(source.text, {
      schema: 'failsafe',
      uniqueKeys: false,
      prettyErrors: false,
      keepSourceTokens: false,
      version: options.mode === 'omegaconf' ? '1.1' : '1.2',
      logLevel: 'error',
    });
    // A tab where the indentation stands makes errors of all that follows.
    const tabs = document.errors.filter((error) => error.code === 'TAB_AS_INDENT');
    for (const error of tabs.length > 0 ? tabs : document.errors)
      reader.problems.push(yamlProblem(source, error));
    if (reader.omegaconf && /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*\.\.\.(?:\s|$)/.test(source.text)) {
      const start = source.text.indexOf('...');
      reader.fail('yaml-syntax', 'the document ends before it begins', { source, start, end: start + 3 });
    }
    if (document.errors.length === 0 && document.contents) node = reader.node(document.contents, 0, 0);
  } catch (error) {
    if (error instanceof ConfigProblem) reader.problems.push(error);
    else if (error instanceof RangeError)
      reader.problems.push(new ConfigProblem('limit', 'the document is nested too deeply'));
    else throw error;
  }
  return { node: reader.problems.length > 0 ? undefined : node, problems: reader.problems };
}
