import { didYouMean } from '@fasthep/expression';
import { problemAt } from '../errors/index.ts';
import type { Definition } from '../types/definition.ts';
import type { JsonObject } from '../types/json.ts';
import type { Problem } from '../types/problem.ts';
import { referencesOf } from './references.ts';

/** Words of the catalogue that need not be said of any dataset. */
const WORDS = ['name', 'kind', 'process', 'xsec', 'files', 'tree', 'variation', 'replaces'];

/**
 * `dataset.word` in a `when` that no dataset has: it would be None for all of them, and the task left out
 * without a word. `datasets` are the constants of each.
 */
export function checkDatasetWords(definition: Definition, datasets: readonly JsonObject[]): Problem[] {
  if (datasets.length === 0) return [];
  const known = new Set([...WORDS, ...datasets.flatMap((dataset) => Object.keys(dataset))]);
  return Object.entries(definition.tasks).flatMap(([name, task]) => {
    const { when } = task.control;
    return (when === undefined ? [] : referencesOf(when)).flatMap((reference): Problem[] => {
      const [root, word] = reference.path.split('.');
      if (root !== 'dataset' || word === undefined || known.has(word)) return [];
      return [
        {
          code: 'FLOW-W002',
          message: `no dataset has the word '${word}', which 'when' of task '${name}' asks for`,
          help: didYouMean(word, known) ?? `datasets have: ${[...known].join(', ')}`,
          origin: problemAt(definition, `${task.source}/control/when`, reference.at, reference.span),
        },
      ];
    });
  });
}
