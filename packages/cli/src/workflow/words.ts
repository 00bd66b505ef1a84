/** The words of a command: its workflow file, keys to look up, and overrides. */
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { FlowError, suggest } from '@fasthep/flow';
import type { CommonFlags } from './lazy.ts';
import { listConfigs } from './search-path.ts';

/** Flags that say where config is looked for. */
export type ConfigFlags = {
  /** More folders with config groups. */
  configDir?: readonly string[];
  /** The config to begin with, instead of a file. */
  configName?: string;
  /** The syntax of the file, where its shape does not tell. */
  syntax?: string;
};

/** Flags of all commands that read a workflow. */
export type WorkflowFlags = CommonFlags & ConfigFlags;

/** What the words of a command are. */
export interface Words {
  file: string;
  keys: string[];
  overrides: string[];
}

/** Whether a word changes the config: one with `=`, or with `~` or `+` before it. */
export const isOverride = (word: string): boolean => /^[~+]|=/.test(word);

/**
 * The first word is the file. With `configName` it may be left out or be the folder to look in: then the file is the
 * config of that name there, in the folders of `configDir`, in this folder or in `conf`.
 */
export function split(words: readonly string[], flags: ConfigFlags = {}): Words {
  const { configName, configDir = [] } = flags;
  const [first, ...others] = words;
  if (configName === undefined) {
    if (first === undefined || (isOverride(first) && !existsSync(first))) {
      throw new FlowError(
        'FLOW-C019',
        `which workflow? ${first === undefined ? 'No file is named' : `'${first}' is an override`}`,
        'the file comes first: fasthep-flow run flow.yaml key=value',
      );
    }
    return sorted(first, others);
  }
  const given = first !== undefined && !isOverride(first) && existsSync(first) ? first : undefined;
  const own = given && (statSync(given).isDirectory() ? given : dirname(given));
  const folders = own === undefined ? [...configDir, '.', 'conf'] : [own, ...configDir];
  const names = extname(configName) === '' ? [`${configName}.yaml`, `${configName}.yml`] : [configName];
  const file = folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isFile);
  if (file !== undefined) return sorted(file, given === undefined ? words : others);
  throw new FlowError(
    'FLOW-C019',
    `there is no config '${configName}' in ${folders.map((folder) => (folder === '.' ? 'this folder' : folder)).join(', ')}`,
    suggest(basename(configName, extname(configName)), folders.flatMap(listConfigs), 'there are'),
  );
}

function sorted(file: string, words: readonly string[]): Words {
  return { file, keys: words.filter((word) => !isOverride(word)), overrides: words.filter(isOverride) };
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();
