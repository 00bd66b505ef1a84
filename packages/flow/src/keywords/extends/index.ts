import { draftOf, dropPlaces, isTemplate, type Placed } from '../../definition/index.ts';
import { keyOriginAt, originAt, suggest } from '../../errors/index.ts';
import type { Definition } from '../../types/definition.ts';
import type { Json } from '../../types/json.ts';
import type { Extension, Registry } from '../../types/plugin.ts';
import type { Problem } from '../../types/problem.ts';
import { type ChainFault, type Family, resolveChain } from './chain.ts';
import { flatTask, unflatten } from './flat.ts';

export { resolveExtends } from './chain.ts';

const parentsOf = (value: Json | undefined): string[] =>
  [value ?? []].flat().filter((one) => typeof one === 'string') as string[];

/** `extends: _template`: the task is laid over those that it names. */
export const extendsKeyword: Extension = {
  keyword: 'extends',
  at: 'task',
  doc: 'Templates (or tasks) that this task is laid over: maps deep, lists replaced, later ones over earlier; `null` deletes a key.',
  schema: {
    anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }],
    examples: ['_mass_axis', ['_axis', '_wide']],
  },
  order: 10,
  operatorless: true,
  lower,
};

function lower(definition: Definition, _registry: Registry): { definition: Definition; problems: Problem[] } {
  const names = Object.keys(definition.tasks).filter(
    (name) => definition.tasks[name]!.control.extends != null,
  );
  if (names.length === 0) return { definition, problems: [] };
  const problems: Problem[] = [];
  const draft = draftOf(definition);
  const operators = new Set(Object.values(definition.tasks).map((task) => task.operator));
  operators.delete('');
  const own = new Map<string, Placed>();
  const family: Family = {
    own(name) {
      const task = definition.tasks[name];
      if (!task) return undefined;
      if (!own.has(name)) {
        const { extends: _extends, ...control } = task.control;
        own.set(name, flatTask(definition, { ...task, control }));
      }
      return own.get(name);
    },
    parents: (name) => parentsOf(definition.tasks[name]?.control.extends),
  };
  const done = new Map<string, Placed | ChainFault>();
  for (const name of names) {
    const before = definition.tasks[name]!;
    delete draft.tasks[name]!.control.extends;
    const resolved = resolveChain(family, name, done);
    if ('kind' in resolved) {
      problems.push(faultProblem(definition, resolved));
      continue;
    }
    const place = before.source;
    dropPlaces(draft, `${place}/args`, before.args);
    dropPlaces(draft, `${place}/control`, before.control);
    dropPlaces(draft, `${place}/needs`, (before.needs ?? []) as unknown as Json);
    const made = unflatten(resolved, operators, draft, place);
    draft.tasks[name] = made.task;
    if (made.operators.length > 1) problems.push(twoOperators(resolved, name, made.operators));
    else if (made.operators.length === 0 && !isTemplate(name) && made.task.control.block === undefined)
      problems.push({
        code: 'FLOW-S005',
        message: `task '${name}' has no operator, nor have those that it extends`,
        help: 'add one, such as `filter: ...`',
        origin: keyOriginAt(definition, place),
      });
  }
  return { definition: draft, problems };
}

function twoOperators(flat: Placed, name: string, operators: string[]): Problem {
  const [first, second] = operators.map((operator) => keyOriginAt(flat.in, `/${operator}`));
  return {
    code: 'FLOW-S004',
    message: `task '${name}' has two operators: '${operators[0]}' (${first!.line}:${first!.column}) and '${operators[1]}' (${second!.line}:${second!.column})`,
    help: `one comes from what it extends: delete it with '${operators[0]}: null'`,
    origin: second,
    related: [{ message: 'the first operator', origin: first! }],
  };
}

function placeOf(definition: Definition, child: string, index: number): string {
  const task = definition.tasks[child]!;
  return `${task.source}/control/extends${Array.isArray(task.control.extends) ? `/${index}` : ''}`;
}

function faultProblem(definition: Definition, fault: ChainFault): Problem {
  if (fault.kind === 'unknown') {
    const names = Object.keys(definition.tasks);
    const templates = names.filter(isTemplate);
    const files = Object.keys(definition.sources);
    const help =
      suggest(fault.parent, templates, 'templates') ??
      suggest(fault.parent, names) ??
      'templates are tasks whose name begins with _';
    return {
      code: 'FLOW-K001',
      message: `'${fault.child}' extends '${fault.parent}', and there is no task or template of that name`,
      help: files.length > 1 ? `${help} (files searched: ${files.join(', ')})` : help,
      origin: originAt(definition, placeOf(definition, fault.child, fault.index)),
    };
  }
  const edges = fault.chain.slice(0, -1).map((child, index) => {
    const parent = fault.chain[index + 1]!;
    const at = parentsOf(definition.tasks[child]!.control.extends).indexOf(parent);
    return {
      message: `'${child}' extends '${parent}'`,
      origin: originAt(definition, placeOf(definition, child, at)),
    };
  });
  const chain = fault.chain.map((one, index) =>
    edges[index] ? `${one} (${edges[index].origin.line}:${edges[index].origin.column})` : one,
  );
  return {
    code: 'FLOW-K002',
    message: `extends leads in a circle: ${chain.join(' -> ')}`,
    help: 'take one of them away',
    origin: edges[0]!.origin,
    related: edges,
  };
}
