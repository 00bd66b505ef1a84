/** Where config groups are looked for. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { folderSource, Repository } from '@fasthep/config';
import { nodeFiles } from '@fasthep/config/node';
import { FlowError } from '@fasthep/flow';

/** Folders behind that of the file: `conf` beside it, and those of `--config-dir`. */
export function searchPathOf(file: string, configDir: readonly string[] = []): string[] {
  for (const folder of configDir) {
    if (!existsSync(folder))
      throw new FlowError('FLOW-C019', `there is no folder '${folder}'`, 'it was given as --config-dir');
  }
  const beside = join(dirname(file), 'conf');
  return [...(existsSync(beside) ? [beside] : []), ...configDir];
}

/** Groups and options of a workflow file, and of its folders. */
export function groupsOf(file: string, configDir: readonly string[] = []): Repository {
  const files = nodeFiles();
  const folders = [dirname(file), ...searchPathOf(file, configDir)];
  return new Repository(
    folders.map((folder) => folderSource(folder === '.' ? '' : folder, files)),
    '1.2',
  );
}

/** Names of the YAML files directly in a folder. */
export function listConfigs(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => name.slice(0, -extname(name).length));
}
