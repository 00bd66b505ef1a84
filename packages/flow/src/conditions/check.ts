import type { Origin } from '@fasthep/config';
import { ExpressionError, names as namesOf, nearest } from '@fasthep/expression';
import { kindOf } from '../definition/index.ts';
import { cameFrom, originAt, pointer, problemAt } from '../errors/index.ts';
import type { Definition } from '../types/definition.ts';
import type { Json, JsonObject } from '../types/json.ts';
import type { Problem } from '../types/problem.ts';
import { decideTree } from './decide.ts';
import { parseCondition, partsOf } from './parse.ts';
import { FOREIGN_WORDS, isWord, WORDS } from './words.ts';

/** What the condition is for. */
export interface ConditionUse {
  /** Pointer of the condition. */
  at: string;
  task: string;
  /** `when`, `if`, `that`, … for messages. */
  keyword: string;
  /** Whether GitLab's words may stand there. */
  words?: boolean;
  /** Must give true or false; otherwise any value (`scale`). Default true. */
  boolean?: boolean;
  /** Whether results of tasks may be named. Default true. */
  results?: boolean;
  /** Names besides config, `dataset` and tasks (`error` in a rescue). */
  more?: readonly string[];
}

/** What is wrong with a condition: its grammar, its names, and its type as far as config decides that. */
export function checkCondition(definition: Definition, condition: Json, use: ConditionUse): Problem[] {
  return partsOf(condition).flatMap(({ path, value }) => checkPart(definition, value, use, path));
}

function checkPart(
  definition: Definition,
  value: Json,
  use: ConditionUse,
  path: (string | number)[],
): Problem[] {
  const place = (span?: [number, number]): Origin => problemAt(definition, use.at, path, span);
  if (typeof value === 'boolean' || (use.boolean === false && typeof value === 'number')) return [];
  if (typeof value !== 'string')
    return [
      {
        code: 'FLOW-W004',
        message: `'${use.keyword}' of task '${use.task}' must be a condition, not ${kindOf(value)}`,
        help: "for example campaign.quick, or dataset.kind == 'mc'",
        origin: place(),
        ...cameFrom(definition, place()),
      },
    ];
  if (value.includes('${')) return [];
  if (use.words && isWord(value)) return [];
  if (use.words && FOREIGN_WORDS.includes(value))
    return [
      {
        code: 'FLOW-W006',
        message: `'${use.keyword}: ${value}' has no meaning here`,
        help: `use 'tags: [never, ${use.task}]', and ask for it with '--tags ${use.task}'`,
        origin: place(),
      },
    ];
  const parsed = parseCondition(value);
  if ('error' in parsed)
    return [
      {
        code: 'FLOW-W001',
        message: parsed.error.message,
        help: parsed.error.help,
        origin: place(parsed.error.span),
      },
    ];

  const problems: Problem[] = [];
  for (const name of namesOf(parsed.tree)) {
    const root = name.parts[0]!;
    const isResult = namesResult(definition, use.task, root);
    if (root === 'dataset' || use.more?.includes(root) || (isResult && use.results !== false)) continue;
    if (Object.hasOwn(definition.values, root)) {
      const missing = checkMembers(definition.values, name.parts);
      if (missing) problems.push({ code: 'FLOW-W002', ...missing, origin: place([name.start, name.end]) });
      continue;
    }
    if (isResult) {
      problems.push({
        code: 'FLOW-W007',
        message: `'${use.keyword}' of task '${use.task}' is decided before '${root}' has run`,
        help: "use 'when' for conditions on results",
        origin: place([name.start, name.end]),
      });
      continue;
    }
    const known = [
      ...Object.keys(definition.values),
      'dataset',
      ...resultsOf(definition),
      ...(use.words ? WORDS : []),
    ];
    const near = nearest(root, known).slice(0, 2);
    const rows = `a condition on rows stands in 'filter' or 'cutflow'`;
    problems.push({
      code: near.length > 0 ? 'FLOW-W002' : 'FLOW-W003',
      message: `'${name.path}' is not config, a dataset's word or a result of a task`,
      help:
        near.length > 0
          ? `did you mean ${near.map((one) => `'${one}'`).join(' or ')}? (${rows})`
          : `${rows}; '${use.keyword}' is about the whole task`,
      origin: place([name.start, name.end]),
    });
  }
  if (problems.length > 0 || use.boolean === false) return problems;
  return checkType(definition, value, place);
}

/** Names of results by definition: tasks, tasks that have instances, and blocks. */
const results = new WeakMap<Definition, Set<string>>();

function resultsOf(definition: Definition): Set<string> {
  let names = results.get(definition);
  if (!names) {
    names = new Set(Object.keys(definition.blocks ?? {}));
    for (const [name, task] of Object.entries(definition.tasks))
      names.add(name).add(task.instance?.task ?? name);
    results.set(definition, names);
  }
  return names;
}

/** Whether a name is a result for a task: tasks of a block call one another by their own names. */
function namesResult(definition: Definition, task: string, name: string): boolean {
  if (resultsOf(definition).has(name)) return true;
  return (
    definition.tasks[task]?.within?.some(({ block }) =>
      Object.hasOwn(definition.tasks, `${block}.${name}`),
    ) ?? false
  );
}

/** A config name that does not exist: `campaign.quik`. */
function checkMembers(
  values: JsonObject,
  parts: readonly string[],
): { message: string; help?: string } | undefined {
  let current: Json = values;
  for (const [index, part] of parts.entries()) {
    if (current === null || typeof current !== 'object' || Array.isArray(current)) return undefined;
    if (!Object.hasOwn(current, part)) {
      const known = Object.keys(current);
      const near = nearest(part, known)[0];
      const above = parts.slice(0, index).join('.');
      return {
        message: `there is no '${part}' in '${above}'`,
        help: near ? `did you mean '${above}.${near}'?` : `'${above}' has: ${known.slice(0, 10).join(', ')}`,
      };
    }
    current = current[part]!;
  }
  return undefined;
}

/** Not true or false, though everything in it is known. */
function checkType(
  definition: Definition,
  text: string,
  place: (span?: [number, number]) => Origin,
): Problem[] {
  const parsed = parseCondition(text);
  if ('error' in parsed) return [];
  try {
    const decision = decideTree(parsed.tree, definition.values);
    if (decision === 'late' || typeof decision.value === 'boolean') return [];
    const plain = namesOf(parsed.tree);
    const written =
      plain.length === 1 && plain[0]!.path === text.trim()
        ? originAt(definition, `/values${pointer(...plain[0]!.parts)}`)
        : undefined;
    return [
      {
        code: 'FLOW-W004',
        message: `'${text}' is ${kindOf(decision.value)}, and a condition must be true or false`,
        help: `compare it with something, or write true or false where it is set`,
        origin: place([0, text.length]),
        related: written
          ? [{ message: 'the value was written here', origin: written }]
          : cameFrom(definition, place()).related,
      },
    ];
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return [{ code: 'FLOW-W001', message: error.message, help: error.help, origin: place(error.span) }];
  }
}
