import { nearest } from '@fasthep/expression';
import { withFlags } from '../edit/guard.ts';
import { append, remove } from '../edit/list.ts';
import { mergeInto, sameNode } from '../edit/merge.ts';
import { set } from '../edit/set.ts';
import { update } from '../edit/update.ts';
import { dereference } from '../interpolation/resolve.ts';
import type { ResolveContext } from '../interpolation/resolvers.ts';
import { Opaque } from '../interpolation/resolvers.ts';
import type { Place } from '../origin/source.ts';
import { Source } from '../origin/source.ts';
import { COMMAND_LINE } from '../origin/types.ts';
import { ConfigProblem } from '../problem/problem.ts';
import type { Container, Node } from '../tree/node.ts';
import { contentOf, entriesOf, isContainer, isMissing, isNull, MapNode } from '../tree/node.ts';
import { wordProblem } from './parse.ts';
import type { Found } from './target.ts';
import { findTarget } from './target.ts';
import type { Item, Override } from './types.ts';
import { isSweep, type ListExtension } from './types.ts';
import { itemNode } from './value.ts';

/** The words of a command line as a text, one to a line. */
export const commandSource = (words: readonly string[]): Source =>
  new Source(COMMAND_LINE, words.map((word) => word.replace(/[\r\n]/g, ' ')).join('\n'));

/** Applies overrides to a tree; every one that does not fit is a problem, the others still count. */
export function applyOverrides(
  root: Container,
  overrides: readonly Override[],
  source: Source,
  context: ResolveContext,
): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  for (const override of overrides) {
    try {
      new Application(root, override, source, context).run();
    } catch (error) {
      if (!(error instanceof ConfigProblem)) throw error;
      const { word, index } = override;
      const here = error.origin?.file === COMMAND_LINE && error.code === 'override';
      problems.push(
        here
          ? error
          : wordProblem(
              'override',
              `${word}: ${error.message}`,
              word,
              index,
              override.valueAt < word.length ? override.valueAt : 0,
              error.help,
              word.length,
            ),
      );
    }
  }
  return problems;
}

class Application {
  readonly root: Container;
  readonly override: Override;
  readonly context: ResolveContext;
  readonly place: Place;
  readonly keyPlace: Place;
  readonly keyAt: number;

  constructor(root: Container, override: Override, source: Source, context: ResolveContext) {
    const { word, index, key } = override;
    this.root = root;
    this.override = override;
    this.context = context;
    const start = source.lineStarts[index]!;
    this.keyAt = word.length - word.replace(/^[+~]*/, '').length;
    this.place = { source, start: start + override.valueAt, end: start + word.length, word };
    this.keyPlace = { source, start: start + this.keyAt, end: start + this.keyAt + key.length, word };
  }

  fail(message: string, help?: string): never {
    const { word, index, key } = this.override;
    throw wordProblem('override', message, word, index, this.keyAt, help, this.keyAt + key.length);
  }

  run(): void {
    const { word, key, value, type, package: inPackage } = this.override;
    if (inPackage !== undefined)
      this.fail(`there is no config group '${key}', so '${word}' cannot choose from it`);
    if (value !== undefined && isSweep(value))
      this.fail(`'${word}' is a sweep, which needs --multirun (-m)`, 'quote the value if it is one text');
    const found = findTarget(this.root, key, this.context);
    if (type === 'DEL') this.delete(found);
    else if (type === 'EXTEND_LIST') this.extend(found, value as ListExtension);
    else if (type === 'CHANGE') this.change(found, value!);
    else if (type === 'ADD') this.add(found, value!);
    else this.write(found, value!, true);
  }

  node(value: Item): Node {
    return itemNode(value, this.place);
  }

  /** Whole keys that the word may have meant. */
  near(found: Found): string | undefined {
    if ('target' in found || found.parent.kind !== 'map') return undefined;
    const { rest, parent } = found;
    const { key } = this.override;
    const before = key.slice(0, key.length - rest.join('.').length);
    const known = [...entriesOf(parent).keys()].map(String);
    const names = nearest(rest[0]!, known).map((name) => before + [name, ...rest.slice(1)].join('.'));
    const last = names.pop();
    if (!last && rest.length === 1 && known.length > 0 && known.length <= 8)
      return `there are ${known.map((name) => before + name).join(', ')}.`;
    return last && `did you mean '${[...names, last].join("' or '")}'?`;
  }

  delete(found: Found): void {
    const { key, value } = this.override;
    const node = 'target' in found ? found.target.node : undefined;
    if (!('target' in found) || !node || isNull(node) || isMissing(node)) {
      this.fail(`'${key}' is not in the config, so it cannot be deleted`, this.near(found));
    } else {
      if (value !== undefined && value !== null && !this.isNow(node, this.node(value)))
        this.fail(`'${key}' has another value, so it is not deleted`, `leave out the value: ~${key}`);
      const { parent, key: last } = found.target;
      if (parent.kind === 'list') this.fail(`an item of a list cannot be deleted`, 'set the whole list');
      withFlags(parent, { struct: false }, () => remove(parent, last));
    }
  }

  /** Whether a node has a value, once its interpolations are followed. */
  isNow(node: Node, wanted: Node): boolean {
    const reached = dereference(node, this.context);
    return !(reached instanceof Opaque) && sameNode(reached, wanted);
  }

  extend(found: Found, { items }: ListExtension): void {
    const list = 'target' in found ? found.target.node : undefined;
    if (list?.kind !== 'list' || !Array.isArray(list.content)) {
      this.fail(`'${this.override.key}' is not a list`, this.near(found));
    }
    for (const item of items) append(list, this.node(item), this.context);
  }

  change(found: Found, value: Item): void {
    const { key, word } = this.override;
    try {
      this.write(found, value, false);
    } catch (error) {
      if (!(error instanceof ConfigProblem) || error.code !== 'key') throw error;
      const help = this.near(found);
      const add = `to add it, write +${word}`;
      this.fail(`'${key}' is not in the config`, help ? `${help} ${add.replace('to', 'To')}` : add);
    }
  }

  add(found: Found, value: Item): void {
    const { key, word } = this.override;
    const node = 'target' in found ? found.target.node : undefined;
    const container = Array.isArray(value) || value instanceof Map;
    if (node && !isNull(node) && !isMissing(node) && !container)
      this.fail(
        `'${key}' is in the config already`,
        `to change it, write ${word.slice(1)}; to do either, +${word}`,
      );
    this.write(found, value, true);
  }

  /** Sets the value; maps are merged into maps, lists replaced. */
  write(found: Found, value: Item, forceAdd: boolean): void {
    const given = this.node(value);
    const { context } = this;
    if (!('target' in found)) {
      this.make(found, given, forceAdd);
      return;
    }
    const { parent, key, node } = found.target;
    const run = () => {
      if (isContainer(node) && isContainer(given) && contentOf(node) !== null)
        mergeInto(node, given, context);
      else set(parent, key, given, context);
    };
    if (forceAdd) withFlags(parent, { struct: false }, run);
    else run();
    this.mark(parent, key);
  }

  make({ parent, rest }: Exclude<Found, { target: unknown }>, given: Node, forceAdd: boolean): void {
    if (rest.length > 1 && parent.kind === 'map') {
      // A leaf on the way gives place to a map.
      const holder = new MapNode(new Map(), this.place);
      const put = () => set(parent, rest[0]!, holder, this.context);
      if (forceAdd) withFlags(parent, { struct: false }, put);
      else put();
      this.mark(parent, rest[0]!);
      const next = entriesOf(parent).get(rest[0]!);
      if (next?.kind === 'map') {
        this.make({ parent: next, rest: rest.slice(1) }, given, forceAdd);
        return;
      }
    }
    update(parent, rest.join('.'), given, this.context, { forceAdd });
    if (rest.length === 1) this.mark(parent, rest[0]!);
  }

  mark(parent: Container, key: unknown): void {
    const node = parent.kind === 'map' ? entriesOf(parent).get(key as string) : undefined;
    if (node && !node.keyPlace) node.keyPlace = this.keyPlace;
    if (node && isContainer(node)) this.markBelow(node);
  }

  /** Keys that came from the word stand where its key stands. */
  markBelow(node: Container): void {
    const children =
      node.kind === 'map' ? entriesOf(node).values() : Array.isArray(node.content) ? node.content : [];
    for (const child of children) {
      if (!child.keyPlace && child.place?.word === this.override.word) child.keyPlace = this.keyPlace;
      if (isContainer(child) && child.place?.word === this.override.word) this.markBelow(child);
    }
  }
}
