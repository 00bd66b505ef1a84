import { originOf } from '../origin/make.ts';
import { ConfigProblem } from '../problem/problem.ts';
import type { Entry } from './entry.ts';
import { configPath, finalPackage, isSelf, isUnset, nameOf, overrideKey } from './entry.ts';
import type { DefaultsTree } from './tree.ts';

/** One config of the final list, in the order of merging. */
export interface ListedConfig {
  configPath: string;
  /** Where in the composed config it is put; `''` is the root. */
  package: string;
  parent: string | undefined;
  isSelf: boolean;
  primary: boolean;
  overrideKey: string | undefined;
}

/** The name of a config that is not there: when only overrides are composed. */
export const NOTHING = '_dummy_empty_config_';

function listed(tree: DefaultsTree | undefined, entry: Entry): ListedConfig | undefined {
  if (entry.kind === 'root' || nameOf(entry) === null) return undefined;
  const self = isSelf(entry);
  const made: ListedConfig = self
    ? {
        configPath: configPath(tree!.entry),
        package: finalPackage(tree!.entry),
        parent: tree!.parent && configPath(tree!.parent.entry),
        isSelf: true,
        primary: tree!.entry.primary,
        overrideKey: undefined,
      }
    : {
        configPath: configPath(entry),
        package: finalPackage(entry),
        parent: tree && configPath(tree.entry),
        isSelf: false,
        primary: entry.primary,
        overrideKey: entry.kind === 'group' ? overrideKey(entry) : undefined,
      };
  return made.configPath === NOTHING ? undefined : made;
}

/** The configs of a tree in the order of merging. A group cannot stand in it twice. */
export function defaultsList(tree: DefaultsTree): ListedConfig[] {
  const found: ListedConfig[] = [];
  const keys = new Set<string>();
  const visit = (at: DefaultsTree): void => {
    if (at.children && at.children.length > 0) {
      for (const child of at.children) visit(child);
      return;
    }
    const { entry } = at;
    if (entry.deleted || isUnset(entry)) return;
    const one = listed(at.parent, entry);
    if (!one) return;
    if (!one.isSelf && one.overrideKey !== undefined) {
      if (keys.has(one.overrideKey))
        throw new ConfigProblem(
          'composition',
          `'${one.overrideKey}' stands more than once in the final defaults list`,
          {
            origin: entry.place && originOf(entry.place),
          },
        );
      keys.add(one.overrideKey);
    }
    found.push(one);
  };
  visit(tree);
  return found;
}

/** The tree as indented text: what `--info defaults-tree` prints. */
export function defaultsTreeText(tree: DefaultsTree, indent = 0): string[] {
  const pad = '  '.repeat(indent);
  const { entry } = tree;
  const name =
    entry.kind === 'root'
      ? '<root>'
      : isSelf(entry)
        ? '_self_'
        : entry.kind === 'group'
          ? `${overrideKey(entry)}: ${nameOf(entry) ?? 'null'}`
          : configPath(entry);
  if (!tree.children) return [`${pad}${name}`];
  return [`${pad}${name}:`, ...tree.children.flatMap((child) => defaultsTreeText(child, indent + 1))];
}
