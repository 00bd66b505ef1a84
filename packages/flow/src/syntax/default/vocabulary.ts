import type { Extension, Registry } from '../../types/plugin.ts';

/** The words of the language, as the loaded plug-ins make it. */
export interface Vocabulary {
  /** Keywords of a task, `needs` not counted. */
  task: Map<string, Extension>;
  /** Keywords of the top level, `tasks` not counted. */
  top: Map<string, Extension>;
  /** Names by which operators can be called: bare where that is clear, and with their pack. */
  operators: string[];
}

export function vocabularyOf(registry: Registry): Vocabulary {
  const task = new Map<string, Extension>();
  const top = new Map<string, Extension>();
  for (const { item } of registry.all('extensions')) {
    const extension = item as Extension;
    (extension.at === 'task' ? task : top).set(extension.keyword, extension);
  }
  const operators = registry.all('operators').flatMap(({ pack, item }) => {
    const { name } = item as { name: string };
    return [name, `${pack}.${name}`];
  });
  return { task, top, operators: [...new Set(operators)] };
}

/** Top-level words that are gone once a config is composed; here they are never sections of the user. */
export const COMPOSED = ['include', 'params', 'defaults'];
