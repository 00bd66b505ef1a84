import { listConfigs } from '../workflow/search-path.ts';
import { pathsFrom } from './files.ts';
import { VALUE_FLAGS } from './flags.ts';
import { positionals, treeOf } from './workflow.ts';

/** Values of a flag that begin with a word; undefined where the word before is no such flag. */
export function flagValues(flag: string, word: string, before: readonly string[]): string[] | undefined {
  if (!VALUE_FLAGS.includes(flag)) return undefined;
  const starting = (words: readonly string[]) => words.filter((one) => one.startsWith(word));
  switch (flag) {
    case '--config-dir':
    case '--store':
    case '--out':
      return pathsFrom(word, () => false);
    case '--resume':
      return [...starting(['last']), ...pathsFrom(word, () => false)];
    case '--workers':
      return starting(['auto']);
    case '--config-name': {
      const at = before.indexOf('--config-dir') + 1;
      return starting([...(at > 0 ? [before[at]!] : []), '.', 'conf'].flatMap(listConfigs));
    }
    case '--only':
    case '--from':
      return inList(word, taskNames(before));
    default:
      return [];
  }
}

/** Names behind the last comma. */
function inList(word: string, names: readonly string[]): string[] {
  const done = word.slice(0, word.lastIndexOf(',') + 1);
  return names.map((name) => done + name).filter((one) => one.startsWith(word));
}

function taskNames(before: readonly string[]): string[] {
  const tasks = treeOf(positionals(before.slice(1)))?.root.content;
  const map = tasks instanceof Map ? tasks.get('tasks') : undefined;
  return map?.kind === 'map' && map.content instanceof Map
    ? [...map.content.keys()].map(String).filter((name) => !name.startsWith('_'))
    : [];
}
