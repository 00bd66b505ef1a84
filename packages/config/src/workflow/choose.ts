import { type Composed, compose } from '../compose/compose.ts';
import type { ConfigSource } from '../compose/repository.ts';
import { folderSource, readHeader } from '../compose/repository.ts';
import type { ResolveContext } from '../interpolation/resolvers.ts';
import type { Config } from '../origin/types.ts';
import type { MapNode } from '../tree/node.ts';
import type { Files } from './files.ts';
import { folderOf, joinPath } from './files.ts';
import type { Includer } from './include.ts';

/** A folder of config groups whose files may include others. */
function includingSource(
  folder: string,
  files: Files,
  includer: Includer,
  known: ReadonlyMap<string, MapNode>,
): ConfigSource {
  const source = folderSource(folder, files, folder === '' ? 'main' : folder);
  return {
    ...source,
    read(path) {
      const found = source.read(path);
      if (!found || 'node' in found) return found;
      const node = known.get(found.file) ?? includer.load(found.file);
      return node && { node, header: readHeader(found.text) };
    },
  };
}

/** A workflow file with a defaults list: one option of each group, chosen by the file or the command line. */
export function chooseConfigs(
  path: string,
  primary: MapNode,
  words: readonly string[],
  includer: Includer,
  context: ResolveContext,
  searchPath: readonly string[],
): { root: MapNode; choices: Config['choices']; listed: Omit<Composed, 'root'> } {
  const folder = folderOf(path);
  const known = new Map([[path, primary]]);
  const composed = compose({
    configName: path.slice(folder === '' ? 0 : folder.length + 1).replace(/\.ya?ml$/, ''),
    overrides: words,
    sources: [folder, ...searchPath].map((one) =>
      includingSource(joinPath('', one), includer.files, includer, known),
    ),
    context,
    settings: false,
  });
  const { root, ...listed } = composed;
  return { root, choices: Object.fromEntries(composed.choices), listed };
}
