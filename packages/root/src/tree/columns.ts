import type { DataType, Schema } from '@fasthep/columns';
import { RootError } from '../error/error.ts';
import { suggestion } from '../error/nearest.ts';
import { sinkOf } from '../sink/sink.ts';
import { builtins } from '../streamer/builtin.ts';
import type { Streamers } from '../streamer/types.ts';
import { interpret } from './interpret.ts';
import { fixedLists, type Interpretation } from './interpretation.ts';
import type { Branch, Tree } from './types.ts';

/** A column of a tree. */
export interface TreeColumn {
  name: string;
  branch: Branch;
  interpretation: Exclude<Interpretation, { how: 'unreadable' }>;
  type: DataType;
}

/** The columns of a tree, and what else its branches are called. */
export interface TreeColumns {
  /** Columns with data of their own; groups of branches are not among them. */
  schema: Schema;
  unreadable: Record<string, string>;
  /** Groups that cannot be read as a whole, and why. */
  groups: Record<string, string>;
  /** By path: columns, and groups as records of them. */
  byPath: Map<string, TreeColumn>;
  /** Other ways to write a path: without its group, with dots for slashes, without `[3]` or a last dot. */
  byAlias: Map<string, string>;
}

/** Names every branch: its path as uproot spells it, `group/branch`. */
export function columnsOf(tree: Tree, streamers: Streamers): TreeColumns {
  const schema: Schema = {};
  const unreadable: Record<string, string> = {};
  const byPath = new Map<string, TreeColumn>();
  const byAlias = new Map<string, string>();
  const ambiguous = new Set<string>();
  const knows = (name: string) => name in builtins || streamers.has(name);
  const types = new Map<string, DataType | string>();

  const groups: Record<string, string> = {};
  const names = new Map<string, string>();
  eachBranch(tree.branches, (branch) => names.set(branch.path, columnName(branch)));
  const visit = (branch: Branch) => {
    branch.branches.forEach(visit);
    add(branch, columnName(branch), checked(branch, tree.entries, counted(interpret(branch, knows), names)));
    // The members of a split collection together, beside its lengths.
    if (columnName(branch) !== branch.path) add(branch, branch.path, groupOf(branch));
  };
  const add = (branch: Branch, name: string, interpretation: Interpretation) => {
    if (byPath.has(name) || Object.hasOwn(unreadable, name)) {
      unreadable[`${name};2`] = 'a second branch of this name';
      return;
    }
    if (interpretation.how === 'unreadable') {
      unreadable[name] = interpretation.why;
      return;
    }
    if (interpretation.how === 'group') {
      const missing = interpretation.fields.find(({ path }) => !byPath.has(path));
      if (missing) {
        groups[name] =
          `its branch '${missing.path}' cannot be read: ${unreadable[missing.path] ?? 'unknown'}`;
        return;
      }
      const type: DataType = {
        kind: 'record',
        fields: Object.fromEntries(
          interpretation.fields.map((field) => [field.name, byPath.get(field.path)!.type]),
        ),
      };
      byPath.set(name, { name, branch, interpretation, type });
    } else {
      const type = typeOf(interpretation, streamers, types);
      if (typeof type === 'string') {
        unreadable[name] = type;
        return;
      }
      schema[name] = type;
      byPath.set(name, { name, branch, interpretation, type });
    }
    for (const alias of aliasesOf(name)) {
      if (alias === name || byPath.has(alias)) continue;
      const known = byAlias.get(alias);
      if (known !== undefined && known !== name) ambiguous.add(alias);
      byAlias.set(alias, name);
    }
  };
  tree.branches.forEach(visit);
  for (const alias of ambiguous) byAlias.delete(alias);
  return { schema: inFileOrder(tree, schema), unreadable, groups, byPath, byAlias };
}

/** Split collections have their lengths under the name that TTree::Draw knows: with an underscore. */
function columnName(branch: Branch): string {
  const kind = branch.element?.type;
  if ((kind !== 3 && kind !== 4) || branch.branches.length === 0) return branch.path;
  // As uproot has it, a TClonesArray that is no pointer is its lengths.
  const type = branch.parent ? branch.element?.streamer?.typeName : branch.element?.className;
  return type === 'TClonesArray' ? branch.path : `${branch.path}_`;
}

function groupOf(branch: Branch): Interpretation {
  return { how: 'group', fields: branch.branches.map(({ name, path }) => ({ name, path })) };
}

/** Counters by the name of their column instead of their branch. */
function counted(interpretation: Interpretation, names: ReadonlyMap<string, string>): Interpretation {
  if (!('counter' in interpretation) || interpretation.counter === undefined) return interpretation;
  return { ...interpretation, counter: names.get(interpretation.counter) ?? interpretation.counter };
}

/** A branch that ends before its tree is no column of it. */
function checked(branch: Branch, rows: number, interpretation: Interpretation): Interpretation {
  if (interpretation.how === 'group' || interpretation.how === 'unreadable') return interpretation;
  const written = branch.basketEntry[branch.basketSeek.length] ?? 0;
  const end = branch.embedded.reduce((last, basket) => Math.max(last, basket.row + basket.entries), written);
  if (end >= rows) return interpretation;
  return { how: 'unreadable', why: `it has ${end} rows where the tree has ${rows}` };
}

function eachBranch(branches: readonly Branch[], visit: (branch: Branch) => void): void {
  for (const branch of branches) {
    visit(branch);
    eachBranch(branch.branches, visit);
  }
}

function inFileOrder(tree: Tree, schema: Schema): Schema {
  if (tree.branches.every((branch) => branch.branches.length === 0)) return schema;
  const ordered: Schema = {};
  const visit = (branch: Branch) => {
    const name = columnName(branch);
    const type = schema[name];
    if (type) ordered[name] = type;
    branch.branches.forEach(visit);
  };
  tree.branches.forEach(visit);
  return ordered;
}

function aliasesOf(path: string): string[] {
  const bare = path.replace(/\[[^\]]*\]/g, '');
  const last = bare.slice(bare.lastIndexOf('/') + 1);
  const dotted = bare.replace(/\.?\//g, '.');
  return [...new Set([bare, last, dotted, path.replaceAll('/', '.')])].map((one) => one.replace(/\.$/, ''));
}

function typeOf(
  interpretation: Exclude<Interpretation, { how: 'unreadable' | 'group' }>,
  streamers: Streamers,
  known: Map<string, DataType | string>,
): DataType | string {
  switch (interpretation.how) {
    case 'flat':
      return fixedLists({ kind: interpretation.item.type }, interpretation.dims);
    case 'jagged': {
      const { item, dims, counter } = interpretation;
      if (dims.includes(0)) return 'its items have no size';
      return {
        kind: 'list',
        item: fixedLists({ kind: item.type }, dims),
        ...(counter !== undefined && { counter }),
      };
    }
    case 'struct':
      return {
        kind: 'record',
        fields: Object.fromEntries(
          interpretation.fields.map(({ name, item, dims }) => [name, fixedLists({ kind: item.type }, dims)]),
        ),
      };
    case 'text':
      return { kind: 'string' };
    case 'streamed': {
      const key = JSON.stringify(interpretation.node);
      let item = known.get(key);
      if (item === undefined) {
        try {
          item = sinkOf(interpretation.node, streamers).type;
        } catch (error) {
          if (!(error instanceof RootError)) throw error;
          item = error.problem;
        }
        known.set(key, item);
      }
      if (typeof item === 'string' || !interpretation.many) return item;
      const { counter } = interpretation;
      return { kind: 'list', item, ...(counter !== undefined && { counter }) };
    }
  }
}

/** The column of a name as the user wrote it. */
export function findColumn(
  columns: TreeColumns,
  name: string,
  place: { file: string; object: string },
): TreeColumn {
  const found = columns.byPath.get(name) ?? columns.byPath.get(columns.byAlias.get(name) ?? '');
  if (found) return found;
  const why = columns.unreadable[name] ?? columns.groups[name];
  if (why !== undefined)
    throw new RootError('ROOT-E06', `it cannot be read: ${why}`, { ...place, column: name });
  throw new RootError(
    'ROOT-E05',
    `there is no column '${name}'`,
    place,
    suggestion(name, Object.keys(columns.schema)),
  );
}
