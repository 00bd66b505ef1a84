import { didYouMean } from '@fasthep/expression';
import type { Loaded, Repository } from '../compose/repository.ts';
import { emptyConfig } from '../compose/repository.ts';
import { resolveContext } from '../interpolation/context.ts';
import { dereference } from '../interpolation/resolve.ts';
import { originOf } from '../origin/make.ts';
import { ConfigProblem } from '../problem/problem.ts';
import { nodeFrom } from '../tree/create.ts';
import type { Node } from '../tree/node.ts';
import { attach, entriesOf, ValueNode } from '../tree/node.ts';
import type { Choices } from './choices.ts';
import type { Entry } from './entry.ts';
import {
  configEntry,
  configPath,
  finalPackage,
  groupPath,
  isInterpolated,
  isSelf,
  isUnset,
  nameOf,
  overrideKey,
  rootEntry,
  setHeader,
  setParent,
} from './entry.ts';

/** An entry with what its own defaults list brought in. */
export interface DefaultsTree {
  entry: Entry;
  parent: DefaultsTree | undefined;
  /** Absent where there is no list below. */
  children?: DefaultsTree[];
}

/** A config may lead back to itself this often before it is called a cycle. */
const MAX_RETURNS = 4;

export interface TreeOptions {
  /** Whether groups with the option `???` are left out instead of being an error: before a sweep chooses. */
  skipMissing?: boolean;
}

function fail(message: string, entry: Entry | undefined, help?: string): never {
  throw new ConfigProblem('composition', message, { help, origin: entry?.place && originOf(entry.place) });
}

class Builder {
  readonly repository: Repository;
  readonly choices: Choices;
  readonly options: TreeOptions;

  constructor(repository: Repository, choices: Choices, options: TreeOptions) {
    this.repository = repository;
    this.choices = choices;
    this.options = options;
  }

  expand(tree: DefaultsTree, isRoot: boolean, interpolated: boolean): void {
    const { entry } = tree;
    if (isRoot) {
      setParent(entry, '', '');
      if (!this.repository.exists(configPath(entry))) this.notFound(tree);
    }
    this.checkCycle(tree);
    const loaded =
      isUnset(entry) || (entry.kind === 'group' && nameOf(entry) === null)
        ? undefined
        : this.repository.load(configPath(entry));
    if (loaded) setHeader(entry, loaded.header);
    if (this.choices.deletes(entry)) {
      entry.deleted = true;
      return;
    }
    this.choices.note(entry);
    if (nameOf(entry) === null || this.isUnchosen(entry)) return;
    if (!loaded) {
      if (!entry.optional) this.notFound(tree);
      entry.deleted = true;
      return;
    }
    const list = this.listOf(tree, loaded, isRoot, interpolated);
    const children = this.childrenOf(tree, list, interpolated);
    this.bindInterpolated(tree, children, list);
    if (children.length > 0) tree.children = children;
  }

  /** The entries of a config, with `_self_` put in where it is not written. */
  listOf(tree: DefaultsTree, loaded: Loaded, isRoot: boolean, interpolated: boolean): Entry[] {
    const { entry } = tree;
    const list = loaded.defaults.map((one) => ({ ...one }));
    const appended = isRoot ? this.choices.appended : [];
    if (list.length > 0 || appended.length > 0) {
      const selves = list.filter(isSelf);
      if (selves.length > 1)
        fail(`'_self_' stands twice in the defaults list of '${configPath(entry)}'`, selves[1]);
      const others = list.some((one) => !one.override);
      if ((selves.length === 0 && others) || list.length === 0) list.push(configEntry('_self_'));
    }
    list.push(...appended);
    let last: Entry | undefined;
    for (const one of list) {
      if (isSelf(one)) continue;
      setParent(one, groupPath(entry), finalPackage(entry));
      if (last && !one.override && !one.appended)
        fail(
          `In '${configPath(entry)}': the override '${overrideKey(last)}' stands before '${one.kind === 'group' ? overrideKey(one) : one.path}'`,
          one,
          'overrides stand at the end of a defaults list',
        );
      if (one.kind !== 'group' || !one.override) continue;
      last = one;
      if (interpolated)
        fail(
          `In '${configPath(entry)}': a config that is chosen by an interpolation cannot override '${overrideKey(one)}'`,
          one,
        );
      this.choices.addOverride(one, configPath(entry));
    }
    return list;
  }

  childrenOf(tree: DefaultsTree, list: Entry[], interpolated: boolean): DefaultsTree[] {
    const { entry } = tree;
    const children: DefaultsTree[] = [];
    // From the end: a later entry's overrides count for those before it.
    for (const one of [...list].reverse()) {
      if (isSelf(one)) {
        setParent(one, entry.parentGroup ?? '', entry.package ?? entry.header ?? '');
        children.unshift({ entry: one, parent: tree });
        continue;
      }
      if (one.override) continue;
      setParent(one, groupPath(entry), finalPackage(entry));
      this.choices.apply(one);
      if (Array.isArray(one.value)) {
        for (const option of [...one.value].reverse()) {
          if (option.includes('${'))
            fail(`In '${configPath(entry)}': the options of a list cannot be interpolated`, one);
          const item = configEntry(`${one.group}/${option}`, {
            package: one.package,
            optional: one.optional,
            place: one.place,
          });
          setParent(item, groupPath(entry), finalPackage(entry));
          const child: DefaultsTree = { entry: item, parent: tree };
          this.expand(child, false, interpolated);
          children.unshift(child);
        }
        continue;
      }
      const child: DefaultsTree = { entry: one, parent: tree };
      if (!isInterpolated(one)) this.expand(child, false, interpolated);
      children.unshift(child);
    }
    return children;
  }

  /** Interpolated entries come last: they see the choices that were made. */
  bindInterpolated(tree: DefaultsTree, children: DefaultsTree[], list: Entry[]): void {
    for (const child of [...children].reverse()) {
      if (child.children || !isInterpolated(child.entry)) continue;
      const one = child.entry;
      const text = one.kind === 'group' ? String(one.value) : configPath(one);
      if (/\$\{defaults\.\d\./.test(text))
        fail(`'${text}' is written in a form that is no longer supported`, one, 'name the group: ${group}');
      const chosen = this.resolve(text, one, list);
      if (one.kind === 'group') one.value = chosen;
      else one.path = chosen;
      setParent(one, groupPath(tree.entry), finalPackage(tree.entry));
      this.expand(child, false, true);
    }
  }

  resolve(text: string, entry: Entry, list: Entry[]): string {
    const known = emptyConfig();
    const put = (key: string, node: Node) => {
      attach(known, key, node);
      entriesOf(known).set(key, node);
    };
    for (const [key, name] of this.choices.known) put(key, new ValueNode(name));
    put(
      'defaults',
      nodeFrom(
        list.map((one) =>
          one.kind === 'group'
            ? new Map([[overrideKey(one), one.value]])
            : isSelf(one)
              ? '_self_'
              : configPath(one),
        ),
      ),
    );
    const holder = new ValueNode(text, entry.place);
    attach(known, '\0', holder);
    try {
      const reached = dereference(holder, resolveContext({ expressions: false }));
      if ('kind' in reached && reached.kind === 'value' && typeof reached.value === 'string')
        return reached.value;
    } catch (error) {
      if (!(error instanceof ConfigProblem)) throw error;
    }
    const groups = [...this.choices.known.keys()];
    return fail(
      `'${text}' cannot be resolved in a defaults list`,
      entry,
      groups.length > 0 ? `it may use ${groups.join(', ')}` : undefined,
    );
  }

  isUnchosen(entry: Entry): boolean {
    if (!configPath(entry).endsWith('???')) return false;
    if (this.options.skipMissing) return true;
    if (entry.kind !== 'group') fail(`the config '${configPath(entry)}' is not chosen`, entry);
    const options = this.repository.options(groupPath(entry));
    return fail(
      `an option of '${overrideKey(entry)}' must be chosen`,
      entry,
      `write ${overrideKey(entry)}=OPTION; there are ${options.join(', ')}`,
    );
  }

  checkCycle(tree: DefaultsTree): void {
    const path = configPath(tree.entry);
    const chain = [path];
    let returns = 0;
    for (let up = tree.parent; up && returns <= MAX_RETURNS; up = up.parent) {
      const at = configPath(up.entry);
      if (returns === 0) chain.unshift(at);
      if (at === path) returns++;
    }
    if (returns > MAX_RETURNS) fail(`the defaults lists form a cycle: ${chain.join(' -> ')}`, tree.entry);
  }

  notFound(tree: DefaultsTree): never {
    const { entry, parent } = tree;
    const path = configPath(entry);
    const where = this.repository.sources.map((source) => source.path).join(', ');
    if (entry.primary) {
      const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
      return fail(
        `there is no config '${path}'`,
        undefined,
        didYouMean(path, this.repository.options(folder)) ?? `searched: ${where}`,
      );
    }
    const group = entry.kind === 'group' ? groupPath(entry) : '';
    const options = group === '' ? [] : this.repository.options(group);
    const near = didYouMean(nameOf(entry) ?? '', options);
    const help =
      near ?? (options.length > 0 ? `'${group}' has: ${options.join(', ')}` : `searched: ${where}`);
    const chosen = this.choices.overrides.get(entry.kind === 'group' ? overrideKey(entry) : '')?.word;
    const message = `In '${parent ? configPath(parent.entry) : ''}': there is no config '${path}'`;
    if (chosen) {
      const origin = {
        file: '<command line>',
        line: chosen.index + 1,
        column: chosen.valueAt + 1,
        endColumn: chosen.word.length + 1,
        word: chosen.word,
      };
      throw new ConfigProblem('composition', message, { help, origin });
    }
    return fail(message, entry, help);
  }
}

/** The tree of defaults lists that begins at `primary`, with the tool's own settings before it if `with` names them. */
export function defaultsTree(
  repository: Repository,
  primary: Entry,
  choices: Choices,
  options: TreeOptions & { before?: Entry } = {},
): DefaultsTree {
  const builder = new Builder(repository, choices, options);
  if (!options.before) {
    const root: DefaultsTree = { entry: primary, parent: undefined };
    builder.expand(root, true, false);
    return root;
  }
  const root: DefaultsTree = { entry: rootEntry(), parent: undefined };
  const below = [options.before, primary].map((entry): DefaultsTree => ({ entry, parent: root }));
  // The primary config first: its overrides count for the settings.
  for (const child of [...below].reverse()) {
    setParent(child.entry, '', '');
    builder.expand(child, child.entry.primary, false);
  }
  root.children = below;
  return root;
}
