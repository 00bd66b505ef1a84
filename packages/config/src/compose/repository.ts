import type { Entry } from '../defaults/entry.ts';
import { readDefaults } from '../defaults/read.ts';
import type { Container, Node } from '../tree/node.ts';
import { copyNode, MapNode } from '../tree/node.ts';
import type { Files } from '../workflow/files.ts';
import { folderOf, joinPath } from '../workflow/files.ts';
import { load } from '../yaml/load.ts';
import type { YamlMode } from '../yaml/options.ts';

/** One place where configs are looked for. */
export interface ConfigSource {
  /** Who put it into the search path: `main`, `hydra`, ... */
  provider: string;
  /** As shown to the user: `file://conf`, `structured://`. */
  path: string;
  /** The text or tree of a config, by its path without ending. */
  read(
    path: string,
  ): { text: string; file: string } | { node: Container; header?: string | undefined } | undefined;
  /** The package of a config that is no file with a `# @package` line. */
  headerOf?(path: string): string | undefined;
  isGroup(path: string): boolean;
  /** Configs directly in a group, without endings. */
  configs(group: string): string[];
  /** Groups directly in a group. */
  groups(group: string): string[];
}

/** A config that was read, without its defaults list. */
export interface Loaded {
  node: Container;
  defaults: Entry[];
  /** The package of its `# @package` line. */
  header: string | undefined;
  source: ConfigSource;
}

/** The `# @package name` line at the top of a file. */
export function readHeader(text: string): string | undefined {
  for (const line of text.split('\n')) {
    const bare = line.trim();
    if (bare === '') continue;
    if (!bare.startsWith('#')) return undefined;
    const found = /^#\s*@package\s*:?\s*(\S*)\s*$/.exec(bare);
    if (found) return found[1]!;
  }
  return undefined;
}

/** Trees of texts that were read before: a multirun composes the same files for each job. */
const read = new Map<string, Container>();
const MAX_KEPT = 500;

function loadCached(text: string, file: string, mode: YamlMode): Container {
  const id = `${mode}\0${file}\0${text}`;
  let node = read.get(id);
  if (!node) {
    node = load(text, { file, mode });
    if (read.size >= MAX_KEPT) read.clear();
    read.set(id, node);
  }
  return copyNode(node);
}

/** Configs on a search path; what was read once is kept. */
export class Repository {
  readonly sources: ConfigSource[];
  readonly mode: YamlMode;
  /** Texts of the files that were read, for error frames. */
  readonly texts = new Map<string, string>();
  #cache = new Map<string, Loaded | undefined>();

  constructor(sources: ConfigSource[], mode: YamlMode) {
    this.sources = sources;
    this.mode = mode;
  }

  load(path: string): Loaded | undefined {
    if (!this.#cache.has(path)) this.#cache.set(path, this.#load(path));
    return this.#cache.get(path);
  }

  #load(path: string): Loaded | undefined {
    for (const source of this.sources) {
      const found = source.read(path);
      if (!found) continue;
      if ('node' in found)
        return this.#split(copyNode(found.node), path, found.header ?? source.headerOf?.(path), source);
      this.texts.set(found.file, found.text);
      const node = loadCached(found.text, found.file, this.mode);
      return this.#split(node, path, readHeader(found.text), source);
    }
    return undefined;
  }

  #split(node: Container, path: string, header: string | undefined, source: ConfigSource): Loaded {
    let list: Node | undefined;
    if (node.kind === 'map' && node.content instanceof Map) {
      list = node.content.get('defaults');
      node.content.delete('defaults');
    }
    return { node, defaults: readDefaults(list, path, this.mode === '1.2'), header, source };
  }

  exists(path: string): boolean {
    return this.sources.some((source) => source.read(path) !== undefined);
  }

  isGroup(path: string): boolean {
    return this.sources.some((source) => source.isGroup(path));
  }

  /** All options of a group, sorted. */
  options(group: string): string[] {
    return [
      ...new Set(this.sources.flatMap((source) => (source.isGroup(group) ? source.configs(group) : []))),
    ].sort();
  }

  /** All groups within a group, sorted. */
  groups(group: string): string[] {
    return [
      ...new Set(
        this.sources.flatMap((source) => (source.isGroup(group) || group === '' ? source.groups(group) : [])),
      ),
    ].sort();
  }
}

const ENDINGS = ['.yaml', '.yml'];
const withoutEnding = (name: string): string => name.replace(/\.ya?ml$/, '');

/** A folder of YAML files as a source. */
export function folderSource(folder: string, files: Files, provider = 'main'): ConfigSource {
  const under = (path: string) =>
    folder === '' || folder === '.' ? path : path === '' ? folder : `${folder}/${path}`;
  const cache = new Map<string, string[]>();
  /** Files that match a glob below a group, by their path from there. Only that folder is looked into. */
  const below = (group: string, glob: string): string[] => {
    const base = under(group);
    const prefix = base === '' ? '' : `${base}/`;
    const id = prefix + glob;
    let found = cache.get(id);
    if (!found) {
      found = files.list(id).map((path) => path.slice(prefix.length));
      cache.set(id, found);
    }
    return found;
  };
  const normal = (group: string) => group.replace(/^\/+|\/+$/g, '');
  return {
    provider,
    path: `file://${files.absolute?.(folder === '' ? '.' : folder) ?? folder}`,
    read(path) {
      const names = ENDINGS.some((ending) => path.endsWith(ending))
        ? [path]
        : ENDINGS.map((ending) => path + ending);
      for (const name of names) {
        const file = joinPath('', under(name));
        const text = files.read(file);
        if (text !== undefined) return { text, file };
      }
      return undefined;
    },
    isGroup: (path) => {
      const group = normal(path);
      return group === '' || below(group, '**/*.{yaml,yml}').length > 0;
    },
    configs: (group) => below(normal(group), '*.{yaml,yml}').map(withoutEnding),
    groups: (group) => {
      const found = below(normal(group), '**/*.{yaml,yml}').filter((file) => file.includes('/'));
      return [...new Set(found.map((file) => file.split('/')[0]!))];
    },
  };
}

/** Configs held in memory as trees: registered schemas and the tool's own settings. */
export function memorySource(
  configs: ReadonlyMap<string, Container>,
  provider: string,
  path = 'structured://',
): ConfigSource {
  const names = [...configs.keys()];
  return {
    provider,
    path,
    read(name) {
      const node = configs.get(withoutEnding(name));
      return node && { node };
    },
    isGroup: (group) => group === '' || names.some((name) => name.startsWith(`${group}/`)),
    configs: (group) =>
      names
        .filter((name) => folderOf(name) === group)
        .map((name) => name.slice(group === '' ? 0 : group.length + 1)),
    groups: (group) => {
      const prefix = group === '' ? '' : `${group}/`;
      const found = names.filter(
        (name) => name.startsWith(prefix) && name.slice(prefix.length).includes('/'),
      );
      return [...new Set(found.map((name) => name.slice(prefix.length).split('/')[0]!))];
    },
  };
}

/** An empty config: what is composed when there is no primary one. */
export const emptyConfig = (): MapNode => new MapNode(new Map());
