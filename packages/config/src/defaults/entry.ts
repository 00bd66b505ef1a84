import type { Place } from '../origin/source.ts';

/** An entry of a defaults list. Which of the three it is decides how its paths are made. */
export interface Entry {
  kind: 'config' | 'group' | 'root';
  /** Of a config: its path, or `_self_`. */
  path: string;
  /** Of a group: its name. */
  group: string;
  /** Of a group: the option, several, or none. */
  value: string | string[] | null;
  package: string | undefined;
  optional: boolean;
  override: boolean;
  primary: boolean;
  /** Taken out by `~group`, or optional and absent. */
  deleted: boolean;
  /** Added with `+group=option`. */
  appended: boolean;
  /** The `# @package` line of the file, absolute. */
  header: string | undefined;
  /** Group and package of the config whose list it stands in. */
  parentGroup: string | undefined;
  parentPackage: string | undefined;
  /** Where the entry is written. */
  place: Place | undefined;
}

function entry(given: Partial<Entry> & Pick<Entry, 'kind'>): Entry {
  return {
    path: '',
    group: '',
    value: null,
    package: undefined,
    optional: false,
    override: false,
    primary: false,
    deleted: false,
    appended: false,
    header: undefined,
    parentGroup: undefined,
    parentPackage: undefined,
    place: undefined,
    ...given,
  };
}

const here = (name: string | undefined) => (name === '_here_' ? '' : name);

export const configEntry = (path: string, given: Partial<Entry> = {}): Entry =>
  entry({ ...given, kind: 'config', path, package: here(given.package) });
export const groupEntry = (group: string, value: Entry['value'], given: Partial<Entry> = {}): Entry =>
  entry({ ...given, kind: 'group', group, value, package: here(given.package) });
export const rootEntry = (): Entry => entry({ kind: 'root' });

export const isSelf = (one: Entry): boolean => (one.kind === 'config' ? one.path : one.value) === '_self_';

const bare = (path: string): string => (path.startsWith('/') ? path.slice(1) : path);
const folder = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const dotted = (path: string): string => path.replaceAll('/', '.');

/** The group a config belongs to, from the root of the search path. */
export function groupPath(one: Entry): string {
  const named = one.kind === 'group' ? one.group : one.path;
  const own = one.kind === 'group' ? bare(named) : folder(bare(named));
  if (named.startsWith('/') || !one.parentGroup) return own;
  return own === '' ? one.parentGroup : `${one.parentGroup}/${own}`;
}

/** The option or file name, null for a group without one. */
export function nameOf(one: Entry): string | null {
  if (one.kind === 'config') return one.path.slice(one.path.lastIndexOf('/') + 1);
  return typeof one.value === 'string' ? one.value : null;
}

/** The path of the config file without its ending. */
export function configPath(one: Entry): string {
  if (one.kind === 'root') return '<root>';
  if (one.kind === 'group') return `${groupPath(one)}/${nameOf(one)}`;
  const path = bare(one.path);
  return one.path.startsWith('/') || !one.parentGroup ? path : `${one.parentGroup}/${path}`;
}

/** The package an entry ends up in; `''` is the root of the config. */
export function finalPackage(one: Entry, withHeader = true): string {
  const own = one.package ?? (withHeader ? one.header : undefined);
  const relative = one.kind === 'group' ? bare(one.group) : folder(bare(one.path));
  const named = own ?? dotted(relative);
  const parent = one.parentPackage ?? '';
  const whole = parent === '' ? named : named === '' ? parent : `${parent}.${named}`;
  const global = whole.lastIndexOf('_global_');
  return global < 0 ? whole : whole.slice(global + '_global_'.length + 1);
}

/** What an override must be called to mean this entry: `group`, or `group@package`. */
export function overrideKey(one: Entry): string {
  const group = groupPath(one);
  const inPackage = finalPackage(one, false);
  return dotted(group) === inPackage ? group : `${group}@${inPackage === '' ? '_global_' : inPackage}`;
}

/** Tells an entry where it stands; `_group_` in its package becomes the group's own. */
export function setParent(one: Entry, group: string, inPackage: string): void {
  one.parentGroup = group;
  one.parentPackage = inPackage;
  if (one.package?.includes('_group_'))
    one.package = `_global_.${one.package.replaceAll('_group_', dotted(groupPath(one)))}`;
}

/** Takes the package of the file's header, which is always absolute. */
export function setHeader(one: Entry, header: string | undefined): void {
  if (header === undefined) return;
  const global = header === '_global_' || header.startsWith('_global_.');
  one.header = global ? header : header === '' ? '_global_' : `_global_.${header}`;
}

/** Whether the option is chosen by an interpolation. */
export function isInterpolated(one: Entry): boolean {
  const text = one.kind === 'group' ? one.value : configPath(one);
  return typeof text === 'string' && text.includes('${');
}

export const isUnset = (one: Entry): boolean => one.kind !== 'root' && nameOf(one) === '???';
