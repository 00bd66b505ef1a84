/** What `--cfg` and `--info` print: the composed config, and how it was composed. */
import { basename } from 'node:path';
import {
  type ComposedFile,
  defaultsText,
  dumpYaml,
  type Listed,
  listDefaults,
  searchPathText,
  toYaml,
  treeText,
} from '@fasthep/config';
import { type CliContext, print, printJson } from '../terminal/context.ts';
import { groupsOf } from './search-path.ts';
import { composed, composedTree, told } from './stages.ts';
import type { WorkflowFlags } from './words.ts';

/** Parts of the config that can be shown instead of anything else. */
const CFGS = ['job', 'resolved'] as const;
/** Facts about the composition that can be shown. */
const INFOS = ['defaults', 'defaults-tree', 'searchpath'] as const;

/** Flags of commands that can show their config. */
export type ShowFlags = {
  cfg?: (typeof CFGS)[number];
  info?: (typeof INFOS)[number];
};

/** Prints what `--cfg` or `--info` ask for; says whether they did. */
export function showConfig(
  context: CliContext,
  flags: WorkflowFlags & ShowFlags,
  file: string,
  overrides: string[],
): boolean {
  const { cfg, info } = flags;
  if (cfg === undefined && info === undefined) return false;
  if (cfg === 'job') {
    const { root, context: resolving } = composedTree(file, overrides, flags);
    if (flags.json) printJson(context, { yaml: toYaml(root, resolving) });
    else print(context, toYaml(root, resolving).trimEnd());
  } else if (cfg === 'resolved') {
    const { value } = composed(file, overrides, flags);
    if (flags.json) printJson(context, value);
    else print(context, dumpYaml(value).trimEnd());
  }
  if (info === undefined) return true;
  const tree = composedTree(file, overrides, flags);
  const listed = tree.listed ?? alone(tree, file, flags);
  if (flags.json) printJson(context, facts(info, listed));
  else print(context, text(info, listed));
  return true;
}

/** The list of a file without one: itself. */
function alone({ context }: ComposedFile, file: string, flags: WorkflowFlags): Listed {
  const { sources } = groupsOf(file, flags.configDir);
  const configName = basename(file).replace(/\.ya?ml$/, '');
  return told(() => listDefaults({ configName, sources, context, settings: false }));
}

function text(info: NonNullable<ShowFlags['info']>, listed: Omit<Listed, 'choice'>): string {
  const write = { defaults: defaultsText, 'defaults-tree': treeText, searchpath: searchPathText }[info];
  return write(listed).trim();
}

function facts(info: NonNullable<ShowFlags['info']>, listed: Omit<Listed, 'choice'>): object {
  if (info === 'searchpath')
    return listed.repository.sources
      .filter(({ provider }) => provider !== 'nothing')
      .map(({ provider, path }) => ({ provider, path }));
  if (info === 'defaults-tree') return { tree: treeText(listed).trim().split('\n').slice(2) };
  return listed.list.map((one) => ({
    config: one.configPath,
    package: one.package,
    self: one.isSelf,
    parent: one.parent ?? null,
  }));
}
