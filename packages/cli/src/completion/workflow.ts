import { type ComposedFile, type ConfigSource, completions, composeTree, Repository } from '@fasthep/config';
import { nodeFiles } from '@fasthep/config/node';
import { groupsOf, searchPathOf } from '../workflow/search-path.ts';
import { type ConfigFlags, split, type Words } from '../workflow/words.ts';
import { isYaml, pathsFrom } from './files.ts';
import { VALUE_FLAGS } from './flags.ts';

/** The words of a command without its flags, and those flags that say where config is. */
export interface Positionals {
  words: string[];
  flags: ConfigFlags;
}

/** Tells words from flags and their values. */
export function positionals(words: readonly string[]): Positionals {
  const made: Positionals = { words: [], flags: {} };
  const folders: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (!word.startsWith('-')) made.words.push(word);
    else if (VALUE_FLAGS.includes(word)) {
      const value = words[++at];
      if (word === '--config-dir' && value !== undefined) folders.push(value);
      if (word === '--config-name' && value !== undefined) made.flags.configName = value;
    }
  }
  if (folders.length > 0) made.flags.configDir = folders;
  return made;
}

/** Files, then keys and groups of the file that is named. */
export function workflowCandidates(command: string, given: Positionals, word: string): string[] {
  if (given.words.length === 0 && given.flags.configName === undefined) return pathsFrom(word, isYaml);
  const words = wordsOf(given);
  if (!words) return [];
  const tree = treeOf(given);
  const found = completions({
    word,
    root: tree?.root,
    repository: guarded(() => repositoryOf(words.file, given.flags, tree)),
  });
  if (command === 'config' && !/[=+~]/.test(word))
    return found.flatMap((one) => (one.endsWith('=') ? [one.slice(0, -1), one] : [one]));
  return found;
}

/** Of the file's own folder only what its defaults list names: not every folder there is one of options. */
function repositoryOf(file: string, { configDir }: ConfigFlags, tree: ComposedFile | undefined): Repository {
  const [own, ...others] = groupsOf(file, configDir).sources;
  const chosen = Object.keys(tree?.choices ?? {}).map((group) => group.split('/')[0]!);
  const named: ConfigSource = {
    ...own!,
    groups: (at) => (at === '' ? chosen.filter((group) => own!.isGroup(group)) : own!.groups(at)),
  };
  return new Repository([named, ...others], '1.2');
}

/** The composed config of the words; of the file alone where they cannot be composed. */
export function treeOf(given: Positionals): ComposedFile | undefined {
  const words = wordsOf(given);
  if (!words) return undefined;
  const compose = (overrides: string[]) =>
    guarded(() =>
      composeTree(words.file, {
        overrides,
        files: nodeFiles(),
        searchPath: searchPathOf(words.file, given.flags.configDir),
      }),
    );
  return compose(words.overrides) ?? compose([]);
}

const wordsOf = ({ words, flags }: Positionals): Words | undefined => guarded(() => split(words, flags));

function guarded<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
