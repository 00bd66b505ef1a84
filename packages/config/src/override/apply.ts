import { didYouMean } from '@fasthep/expression';
import { dereference } from '../interpolation/resolve.ts';
import type { ResolveContext } from '../interpolation/resolvers.ts';
import { Opaque } from '../interpolation/resolvers.ts';
import type { Place } from '../origin/source.ts';
import { Source } from '../origin/source.ts';
import { COMMAND_LINE } from '../origin/types.ts';
import { ConfigProblem } from '../problem/problem.ts';
import { overlay, rememberBeaten } from '../tree/merge-plain.ts';
import type { Container, Node } from '../tree/node.ts';
import {
  attach,
  contentOf,
  entriesOf,
  flagOf,
  isContainer,
  isInterpolation,
  isSpecial,
  itemsOf,
  MapNode,
} from '../tree/node.ts';
import { fullKey } from '../tree/path.ts';
import type { Key } from '../value/scalar.ts';
import { scalarEqual } from '../value/scalar.ts';
import { scalarText } from '../value/text.ts';
import { wordProblem } from './parse.ts';
import type { Override } from './types.ts';
import { isSweep, ListExtension } from './types.ts';
import { itemNode } from './value.ts';

/** The words of a command line as a text, one to a line. */
export const commandSource = (words: readonly string[]): Source =>
  new Source(COMMAND_LINE, words.map((word) => word.replace(/[\r\n]/g, ' ')).join('\n'));

/** Where an override leads: the container that holds its last key, or that would. */
interface Target {
  parent: Container;
  key: Key;
  node: Node | undefined;
  /** Keys of containers that must be made first. */
  missing: string[];
}

/** Follows an interpolation that stands for a container. */
function throughInterpolation(node: Node, context: ResolveContext): Node {
  if (!isInterpolation(node)) return node;
  const reached = dereference(node, context);
  return reached instanceof Opaque ? node : reached;
}

/** The longest key of a map that the next parts of a path spell; it may hold dots itself. */
function longestKey(map: MapNode, parts: string[]): { key: Key; length: number } | undefined {
  const entries = entriesOf(map);
  for (let length = parts.length; length > 0; length--) {
    const text = parts.slice(0, length).join('.');
    if (entries.has(text)) return { key: text, length };
    if (length === 1)
      for (const key of entries.keys())
        if (typeof key !== 'string' && scalarText(key) === text) return { key, length };
  }
  return undefined;
}

/** Walks down a dotted path as far as it exists. */
export function findTarget(root: Container, path: string, context: ResolveContext): Target {
  let parts = path.split('.');
  let parent: Container = root;
  for (;;) {
    let step: { key: Key; length: number } | undefined;
    let child: Node | undefined;
    if (parent.kind === 'map') {
      step = longestKey(parent, parts);
      child = step && entriesOf(parent).get(step.key);
    } else if (/^\d+$/.test(parts[0]!)) {
      child = itemsOf(parent)[Number(parts[0])];
      if (child) step = { key: Number(parts[0]), length: 1 };
    }
    if (!step || !child) return { parent, key: parts.at(-1)!, node: undefined, missing: parts.slice(0, -1) };
    parts = parts.slice(step.length);
    if (parts.length === 0) return { parent, key: step.key, node: child, missing: [] };
    const next = throughInterpolation(child, context);
    if (!isContainer(next) || isSpecial(next))
      return {
        parent,
        key: parts.at(-1)!,
        node: undefined,
        missing: [String(step.key), ...parts.slice(0, -1)],
      };
    parent = next;
  }
}

/** Puts a node under a key; lists only take indices they have. */
function put(parent: Container, key: Key, node: Node, keyPlace: Place): void {
  const old = parent.kind === 'map' ? entriesOf(parent).get(key) : itemsOf(parent)[Number(key)];
  node.keyPlace = old?.keyPlace ?? keyPlace;
  rememberBeaten(node, old);
  attach(parent, key, node);
  if (parent.kind === 'map') {
    if (!(parent.content instanceof Map)) parent.content = new Map();
    parent.content.set(key, node);
  } else itemsOf(parent)[Number(key)] = node;
}

function sameValue(a: Node, b: Node): boolean {
  if (a.kind === 'value' && b.kind === 'value') return scalarEqual(a.value, b.value);
  if (a.kind === 'list' && b.kind === 'list')
    return (
      itemsOf(a).length === itemsOf(b).length &&
      itemsOf(a).every((item, index) => sameValue(item, itemsOf(b)[index]!))
    );
  if (a.kind === 'map' && b.kind === 'map') {
    const other = entriesOf(b);
    return (
      entriesOf(a).size === other.size &&
      [...entriesOf(a)].every(([key, item]) => other.has(key) && sameValue(item, other.get(key)!))
    );
  }
  return false;
}

/** Applies overrides to a tree; every one that does not fit is a problem, the others still count. */
export function applyOverrides(
  root: Container,
  overrides: Override[],
  source: Source,
  context: ResolveContext,
): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  for (const override of overrides)
    try {
      applyOverride(root, override, source, context);
    } catch (error) {
      if (!(error instanceof ConfigProblem)) throw error;
      if (!error.origin)
        error.origin = wordProblem(
          'override',
          '',
          override.word,
          override.index,
          0,
          undefined,
          override.word.length,
        ).origin;
      problems.push(error);
    }
  return problems;
}

function applyOverride(root: Container, override: Override, source: Source, context: ResolveContext): void {
  const { word, index, key, value } = override;
  const keyAt = word.length - word.replace(/^[+~]*/, '').length;
  function fail(message: string, help?: string): never {
    throw wordProblem('override', message, word, index, keyAt, help, keyAt + key.length);
  }
  if (value !== undefined && isSweep(value))
    fail(`'${word}' is a sweep, which needs --multirun (-m)`, 'quote the value if it is one text');
  const lineStart = source.lineStarts[index]!;
  const place: Place = { source, start: lineStart + override.valueAt, end: lineStart + word.length, word };
  const keyPlace: Place = { source, start: lineStart + keyAt, end: lineStart + keyAt + key.length, word };
  const target = findTarget(root, key, context);

  if (override.type === 'DEL') {
    if (!target.node) fail(`'${key}' is not in the config, so it cannot be deleted`, nearKeys(target));
    if (flagOf(target.parent, 'readonly')) fail(`'${fullKey(target.parent)}' is read-only`);
    if (value !== undefined) {
      const wanted = itemNode(value, place);
      if (!sameValue(target.node, wanted))
        fail(`'${key}' has another value, so it is not deleted`, `leave out the value: ~${key}`);
    }
    if (target.parent.kind === 'map') entriesOf(target.parent).delete(target.key);
    else {
      const items = itemsOf(target.parent);
      items.splice(Number(target.key), 1);
      for (const [position, item] of items.entries()) item.key = position;
    }
    return;
  }
  if (!target.node && override.type !== 'ADD' && override.type !== 'FORCE_ADD')
    fail(`'${key}' is not in the config`, nearKeys(target) ?? `to add it, write +${word}`);
  if (value instanceof ListExtension) {
    const list = target.node;
    if (list?.kind !== 'list') fail(`'${key}' is not a list`);
    for (const item of value.items) {
      const node = itemNode(item, place);
      attach(list, itemsOf(list).length, node);
      itemsOf(list).push(node);
    }
    return;
  }
  let { parent } = target;
  if (flagOf(parent, 'readonly')) fail(`'${fullKey(parent)}' is read-only`);
  for (const step of target.missing) {
    if (parent.kind === 'list') fail(`'${fullKey(parent)}' is a list; it has no '${step}'`);
    const made = new MapNode(new Map(), place);
    put(parent, step, made, keyPlace);
    parent = made;
  }
  if (parent.kind === 'list' && !target.node) fail(`the list '${fullKey(parent)}' has no item ${target.key}`);
  const node = itemNode(value!, place);
  const old = target.node;
  if (old?.kind === 'map' && node.kind === 'map' && contentOf(old) instanceof Map) {
    for (const child of entriesOf(node).values()) child.keyPlace = keyPlace;
    overlay(old, node);
    if (old.place) old.beat = [old.place, ...(old.beat ?? [])];
    old.place = place;
  } else put(parent, target.key, node, keyPlace);
}

function nearKeys(target: Target): string | undefined {
  if (target.parent.kind !== 'map') return undefined;
  const keys = [...entriesOf(target.parent).keys()].map(String);
  return didYouMean(target.missing[0] ?? String(target.key), keys);
}
