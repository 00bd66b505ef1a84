import { didYouMean } from '@fasthep/expression';
import { evaluateText } from '../interpolation/condition.ts';
import { dereference } from '../interpolation/resolve.ts';
import type { ResolveContext } from '../interpolation/resolvers.ts';
import { originOf } from '../origin/make.ts';
import type { Place } from '../origin/source.ts';
import { Source } from '../origin/source.ts';
import type { Code } from '../problem/codes.ts';
import { ConfigProblem } from '../problem/problem.ts';
import { overlay } from '../tree/merge-plain.ts';
import type { Node } from '../tree/node.ts';
import { attach, copyNode, entriesOf, isInterpolation, isNull, itemsOf, MapNode } from '../tree/node.ts';
import { readYaml } from '../yaml/read.ts';
import type { Files } from './files.ts';
import { folderOf, isGlob, joinPath } from './files.ts';
import { bindParams, setScope } from './params.ts';

/** Most files that one workflow may take in. */
const MAX_FILES = 1000;
const WORDS = ['file', 'when', 'with', 'as'];

interface Item {
  file: string;
  /** Where the file is named: what an error points at. */
  place: Place | undefined;
  when: Node | undefined;
  with: Node | undefined;
  as: string | undefined;
}

/** Reads files with everything they include. One for each composition. */
export class Includer {
  readonly files: Files;
  readonly sources = new Map<string, Source>();
  readonly problems: ConfigProblem[] = [];
  readonly context: ResolveContext;
  /** Puts the command line's changes on a file's own values, before a `when` is decided. */
  readonly preview: (root: MapNode) => void;
  #read = 0;

  constructor(files: Files, context: ResolveContext, preview: (root: MapNode) => void) {
    this.files = files;
    this.context = context;
    this.preview = preview;
  }

  fail(
    code: Code,
    message: string,
    place: Place | undefined,
    help?: string,
    related?: { message: string; place: Place | undefined }[],
  ): void {
    const links = (related ?? []).flatMap(({ message: text, place: at }) =>
      at ? [{ message: text, origin: originOf(at) }] : [],
    );
    this.problems.push(
      new ConfigProblem(code, message, { help, origin: place && originOf(place), related: links }),
    );
  }

  /** A file's text as a tree, or undefined with a problem. */
  parse(path: string, place: Place | undefined): Node | undefined {
    let source = this.sources.get(path);
    if (!source) {
      const text = this.files.read(path);
      if (text === undefined) {
        this.fail(place ? 'include' : 'file', `there is no file '${path}'`, place);
        return undefined;
      }
      source = new Source(path, text);
      this.sources.set(path, source);
    }
    if (++this.#read > MAX_FILES) {
      this.fail('limit', `more than ${MAX_FILES} files are included`, place);
      return undefined;
    }
    const { node, problems } = readYaml(source);
    this.problems.push(...problems);
    if (problems.length > 0) return undefined;
    return node ?? new MapNode(new Map(), { source, start: 0, end: 0 });
  }

  /** A file with its includes below it. `include` and `params` are gone, everything else is as written. */
  load(
    path: string,
    chain: { path: string; place: Place | undefined }[] = [],
    used?: Item,
  ): MapNode | undefined {
    const own = this.parse(path, used?.place);
    if (!own) return undefined;
    if (own.kind !== 'map' || !(own.content instanceof Map)) {
      this.fail('yaml-syntax', 'a workflow file is a map', own.place);
      return undefined;
    }
    const entries = entriesOf(own);
    const { scope, problems } = bindParams(entries.get('params'), used?.with, used?.place);
    this.problems.push(...problems);
    if (scope) {
      setScope(own, scope);
      scope.parent = undefined;
    }
    entries.delete('params');
    const include = entries.get('include');
    entries.delete('include');
    if (!include) return own;

    const result = new MapNode(new Map(), own.place);
    const here = [...chain, { path, place: used?.place }];
    for (const item of this.items(include)) {
      if (item.when && !this.decide(item.when, own, result)) continue;
      for (const file of this.filesOf(item, folderOf(path))) {
        const back = here.findIndex((one) => one.path === file);
        if (back >= 0) {
          const links = here.slice(back).map((one) => one.path);
          this.fail(
            'include',
            `the includes go round: ${[...links, file].join(' -> ')}`,
            item.place,
            undefined,
            here
              .slice(back + 1)
              .map((one) => ({ message: `'${one.path}' is included here`, place: one.place })),
          );
          continue;
        }
        const taken = this.load(file, here, item);
        if (taken) overlay(result, item.as === undefined ? taken : intoBlock(taken, item.as, item.place));
      }
    }
    overlay(result, own);
    result.place = own.place;
    return result;
  }

  items(include: Node): Item[] {
    const nodes = include.kind === 'list' ? itemsOf(include) : isNull(include) ? [] : [include];
    return nodes.flatMap((node) => this.item(node));
  }

  item(node: Node): Item[] {
    if (node.kind === 'value' && typeof node.value === 'string') {
      const file = this.text(node);
      return file === undefined
        ? []
        : [{ file, place: node.place, when: undefined, with: undefined, as: undefined }];
    }
    if (node.kind !== 'map') {
      this.fail('include', 'an include is a path or a map with `file`', node.place);
      return [];
    }
    const entries = entriesOf(node);
    for (const [key, value] of entries)
      if (!WORDS.includes(String(key)))
        this.fail(
          'unknown-key',
          `unknown key '${key}' of an include`,
          value.keyPlace,
          didYouMean(String(key), WORDS) ?? `it takes ${WORDS.join(', ')}`,
        );
    const named = entries.get('file');
    const file = named && this.text(named);
    if (file === undefined) {
      if (!named) this.fail('include', 'the include names no `file`', node.place);
      return [];
    }
    const as = entries.get('as');
    return [
      {
        file,
        place: named!.place,
        when: entries.get('when'),
        with: entries.get('with'),
        as: as && this.text(as),
      },
    ];
  }

  text(node: Node): string | undefined {
    let reached: Node = node;
    if (isInterpolation(node))
      try {
        // Seen from the file's own values: nothing else is known yet.
        const target = dereference(node, this.context);
        reached = 'kind' in target ? target : node;
      } catch (error) {
        if (!(error instanceof ConfigProblem)) throw error;
        this.problems.push(error);
        return undefined;
      }

    if (reached.kind === 'value' && typeof reached.value === 'string') return reached.value;
    this.fail('include', 'this must be text', node.place);
    return undefined;
  }

  filesOf(item: Item, folder: string): string[] {
    const path = joinPath(folder, item.file);
    if (!isGlob(item.file)) {
      if (this.files.exists(path)) return [path];
      const near = didYouMean(path, this.files.list(joinPath(folderOf(path), '*.{yaml,yml}')));
      this.fail(
        'include',
        `there is no file '${item.file}' to include`,
        item.place,
        near ?? `looked for ${this.files.absolute?.(path) ?? path}`,
      );
      return [];
    }
    const found = this.files.list(path);
    if (found.length === 0)
      this.fail(
        'include',
        `no file matches '${item.file}'`,
        item.place,
        `looked for ${this.files.absolute?.(path) ?? path}`,
      );
    return found;
  }

  /** Whether an include is wanted, by the values that are known so far. */
  decide(when: Node, own: MapNode, below: MapNode): boolean {
    const known = copyNode(below);
    overlay(known, own);
    this.preview(known);
    try {
      return evaluateText(when, known, this.context);
    } catch (error) {
      if (!(error instanceof ConfigProblem)) throw error;
      this.problems.push(error);
      return false;
    }
  }
}

/** `as: mu`: the tasks of a file become the block `mu`. */
function intoBlock(file: MapNode, name: string, place: Place | undefined): MapNode {
  const tasks = entriesOf(file).get('tasks');
  if (!tasks) return file;
  const outer = new MapNode(new Map(), tasks.place);
  outer.keyPlace = tasks.keyPlace;
  const task = new MapNode(new Map(), place);
  task.keyPlace = place;
  const put = (parent: MapNode, key: string, node: Node) => {
    attach(parent, key, node);
    entriesOf(parent).set(key, node);
  };
  tasks.keyPlace = place;
  put(task, 'block', tasks);
  put(outer, name, task);
  put(file, 'tasks', outer);
  return file;
}
