import type { Config } from '@fasthep/config';
import { nearest } from '@fasthep/expression';
import { keyOriginAt, pointer } from '../../errors/index.ts';
import type { JsonObject } from '../../types/json.ts';
import type { Registry } from '../../types/plugin.ts';
import type { Problem } from '../../types/problem.ts';
import { foreignHint } from './foreign.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The keys of one task, told apart. */
export interface TaskKeys {
  operators: string[];
  keywords: string[];
  problems: Problem[];
}

/**
 * Tells operator from keywords. An unknown key is what it looks most like; where it looks like nothing, it
 * is the operator if the task has none.
 */
export function sortKeys(
  name: string,
  body: JsonObject,
  place: string,
  config: Config,
  registry: Registry,
  words: Vocabulary,
  listed: boolean,
): TaskKeys {
  const operators: string[] = [];
  const keywords: string[] = [];
  const unknown: string[] = [];
  const problems: Problem[] = [];
  for (const key of Object.keys(body)) {
    if (key === 'needs' || words.task.has(key)) keywords.push(key);
    else if (words.operators.includes(key)) operators.push(key);
    else if (!(listed && key === 'name')) unknown.push(key);
  }
  const inert = keywords.some((key) => words.task.get(key)?.operatorless);
  for (const key of unknown) {
    const origin = keyOriginAt(config, place + pointer(key));
    const near = nearest(key, ['needs', ...words.task.keys(), ...words.operators])[0];
    const hint = foreignHint(key);
    const asOperator =
      near === undefined
        ? operators.length === 0 && !inert && unknown.length === 1 && hint === undefined
        : words.operators.includes(near) && near !== 'needs' && !words.task.has(near);
    if (hint !== undefined && !exactlyMeant(key, near))
      problems.push({
        code: 'FLOW-S009',
        message: `'${key}' has no meaning in task '${name}'`,
        help: hint,
        origin,
      });
    else if (asOperator) {
      const found = registry.operator(key);
      const problem = 'problem' in found ? found.problem : { message: `unknown operator '${key}'` };
      problems.push({
        code: 'FLOW-S003',
        message: `${problem.message} in task '${name}'`,
        help: problem.help,
        origin,
      });
      // Wiring tells the same, and nothing more.
      if (operators.length === 0) operators.push(key);
    } else
      problems.push({
        code: 'FLOW-S002',
        message: `unknown key '${key}' in task '${name}'`,
        help: near
          ? `did you mean '${near}'?`
          : `a task takes one operator and: ${['needs', ...words.task.keys()].join(', ')}`,
        origin,
      });
  }
  return { operators, keywords, problems };
}

/** A key of another language that is but one letter from one of ours is a slip, not that key. */
function exactlyMeant(key: string, near: string | undefined): boolean {
  return near !== undefined && near.toLowerCase() === key.toLowerCase();
}
