import type { Config } from '@fasthep/config';
import { keyOriginAt } from '../../errors/index.ts';
import type { Problem } from '../../types/problem.ts';

/** Names that conditions and interpolations give a meaning of their own. */
const RESERVED = new Set([
  'dataset',
  'matrix',
  'params',
  'error',
  'tasks',
  'True',
  'False',
  'None',
  'and',
  'or',
  'not',
  'in',
  'is',
]);
/** Words that YAML 1.1 reads as true or false. */
const BOOLEAN = /^(?:yes|no|on|off)$/i;
/** Keys that a command-line override can spell. */
const SPELLABLE = /^[A-Za-z_][\w ~-]*$/;

/** What is wrong with the name of a task. `top` are the keywords of the top level. */
export function checkName(name: string, place: string, config: Config, top: ReadonlySet<string>): Problem[] {
  const origin = keyOriginAt(config, place);
  if (name === '' || /[/{}]/.test(name) || name.replace(/^\./, '').includes('.'))
    return [
      {
        code: 'FLOW-S011',
        message: name === '' ? 'a task has no name' : `'${name}' cannot be the name of a task`,
        help: name.includes('.')
          ? `a dot parts a task from an output; write '${name.replaceAll('.', '_')}'`
          : 'names have no / { or } and are not empty',
        origin,
      },
    ];
  if (RESERVED.has(name) || top.has(name))
    return [
      {
        code: 'FLOW-S008',
        message: `'${name}' is a reserved word and cannot be the name of a task`,
        help: top.has(name)
          ? `a section '${name}' belongs to the top level; a task needs another name, such as '${name}_task'`
          : `choose another name, such as '${name}_task'`,
        origin,
      },
    ];
  if (BOOLEAN.test(name))
    return [
      {
        code: 'FLOW-S014',
        severity: 'warning',
        message: `a task is called '${name}', which YAML 1.1 reads as true or false`,
        help: 'choose another name: editors and other tools see no such task',
        origin,
      },
    ];
  if (!SPELLABLE.test(name))
    return [
      {
        code: 'FLOW-S015',
        severity: 'warning',
        message: `the command line cannot override keys of a task called '${name}'`,
        help: name.startsWith('.')
          ? `write templates as '_${name.slice(1)}'`
          : 'begin the name with a letter',
        origin,
      },
    ];
  return [];
}
