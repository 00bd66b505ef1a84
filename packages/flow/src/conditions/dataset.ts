import { didYouMean, ExpressionError } from '@fasthep/expression';
import { kindOf } from '../definition/index.ts';
import { problemAt } from '../errors/index.ts';
import type { Definition } from '../types/definition.ts';
import type { Json, JsonObject } from '../types/json.ts';
import type { Problem } from '../types/problem.ts';
import { decideTree } from './decide.ts';
import { parseCondition, partsOf } from './parse.ts';
import { referencesOf } from './references.ts';
import { isWord } from './words.ts';

/** Words of the catalogue that need not be said of any dataset. */
const WORDS = ['name', 'kind', 'process', 'xsec', 'files', 'tree', 'variation', 'replaces'];

/**
 * What is wrong with the conditions (`when`) of tasks once the datasets are known: `dataset.word` that none of them
 * has (it would be None for all, and the task left out without a word), and conditions that fail or are not true or
 * false for one of them. `datasets` are the constants of each.
 */
export function checkDatasets(definition: Definition, datasets: readonly JsonObject[]): Problem[] {
  if (datasets.length === 0) return [];
  const known = new Set([...WORDS, ...datasets.flatMap((dataset) => Object.keys(dataset))]);
  return Object.entries(definition.tasks).flatMap(([name, task]) => {
    const { when } = task.control;
    if (when === undefined) return [];
    const words = referencesOf(when).flatMap((reference): Problem[] => {
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
    return words.length > 0 ? words : decisions(definition, name, when, datasets);
  });
}

/** Conditions that cannot be decided for a dataset, each once. */
function decisions(
  definition: Definition,
  name: string,
  when: Json,
  datasets: readonly JsonObject[],
): Problem[] {
  const at = `${definition.tasks[name]!.source}/control/when`;
  return partsOf(when).flatMap(({ path, value }): Problem[] => {
    const parsed = typeof value !== 'string' || isWord(value) ? undefined : parseCondition(value);
    if (!parsed || 'error' in parsed) return [];
    for (const dataset of datasets) {
      const of = typeof dataset.name === 'string' ? ` for dataset '${dataset.name}'` : '';
      try {
        const decision = decideTree(parsed.tree, { ...definition.values, dataset });
        if (decision === 'late' || typeof decision.value === 'boolean') continue;
        const message = `'${String(value)}' is ${kindOf(decision.value)}${of}, and a condition must be true or false`;
        return [
          {
            code: 'FLOW-W004',
            message,
            help: 'compare it with something',
            origin: problemAt(definition, at, path),
          },
        ];
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        return [
          {
            code: 'FLOW-W001',
            message: error.message + of,
            help: error.help,
            origin: problemAt(definition, at, path, error.span),
          },
        ];
      }
    }
    return [];
  });
}
