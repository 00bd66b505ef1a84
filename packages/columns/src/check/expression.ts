import { didYouMean, type Expression, ExpressionError } from '@fasthep/expression';
import { type Fields, findField, suggest, type Uses } from '../fields/fields.ts';
import { external } from '../functions/external.ts';
import { FUNCTIONS } from '../functions/table.ts';
import type { ExternalFunction } from '../functions/types.ts';
import type { Graph } from '../ir/graph.ts';
import {
  binary,
  compare,
  constantOf,
  invert,
  isIn,
  isNone,
  literal,
  logical,
  negation,
  negative,
  scalar,
  typeName,
} from '../value/arithmetic.ts';
import { choose } from '../value/reduce.ts';
import { Refusal } from '../value/refusal.ts';
import { index, slice } from '../value/select.ts';
import type { RecordValue, Value } from '../value/types.ts';
import { addVectors, COMPONENTS, type Component, tryComponent } from '../value/vector.ts';
import { ROW_FUNCTIONS } from './rows.ts';

/** An own function: a macro. */
export interface Macro {
  name: string;
  parameters: string[];
  body: Expression;
}

/** What names and calls mean where an expression stands. */
export interface Scope {
  graph: Graph;
  fields: Fields;
  /** Filled with the ids of the fields that are read. */
  uses: Uses;
  /** The value of a constant by its dotted name, `dataset.xsec`. */
  constant(path: string): unknown;
  constants: readonly string[];
  macros: ReadonlyMap<string, Macro>;
  externals: Readonly<Record<string, ExternalFunction>>;
  /** Parameters, inside a macro: then no fields are seen. */
  parameters?: ReadonlyMap<string, Value>;
  /** Macros that are being put in, to find circles. */
  inside?: readonly string[];
  warn(message: string, span: [number, number], help?: string): void;
}

const MOST_NODES = 200_000;

/** What an expression means in a scope. Throws `ExpressionError` with the place of the first problem. */
export function meaning(node: Expression, scope: Scope): Value {
  try {
    if (scope.graph.nodes.length > MOST_NODES)
      throw new Refusal('too-long', `the program makes more than ${MOST_NODES} computations`);
    return translate(node, scope);
  } catch (error) {
    if (error instanceof Refusal)
      throw new ExpressionError(error.code, error.message, [node.start, node.end], error.help);
    throw error;
  }
}

function translate(node: Expression, scope: Scope): Value {
  const { graph } = scope;
  switch (node.kind) {
    case 'integer':
      return literal(graph, node.value);
    case 'float':
      return constantOf(graph, 'float64', node.value);
    case 'text':
      return constantOf(graph, 'string', node.value);
    case 'constant':
      return node.value === null ? { kind: 'none' } : constantOf(graph, 'bool', node.value);
    case 'list':
      return { kind: 'list', items: node.items.map((item) => meaning(item, scope)) };
    case 'name':
    case 'member':
      return named(node, scope);
    case 'index':
      return index(graph, meaning(node.of, scope), meaning(node.index, scope));
    case 'slice': {
      const bound = (part: Expression | undefined, what: string) => {
        if (!part) return undefined;
        const value = meaning(part, scope);
        if (value.kind === 'scalar' && value.weak !== undefined) return value.weak;
        throw new Refusal('type', `the ${what} of a slice is a whole number, written out`);
      };
      return slice(graph, meaning(node.of, scope), bound(node.from, 'start'), bound(node.to, 'end'));
    }
    case 'unary': {
      const of = meaning(node.of, scope);
      if (node.op === '-') return negative(graph, of);
      if (node.op === '~') return invert(graph, of);
      return node.op === 'not' ? negation(graph, of) : scalar(of, "'+'");
    }
    case 'binary': {
      const [left, right] = [meaning(node.left, scope), meaning(node.right, scope)];
      if (node.op === 'and' || node.op === 'or') return logical(graph, node.op, left, right);
      if ((node.op === '+' || node.op === '-') && left.kind === 'record' && right.kind === 'record')
        return addVectors(graph, node.op, left, right);
      return binary(graph, node.op, left, right);
    }
    case 'compare':
      return comparisons(node, scope);
    case 'choice':
      return choose(graph, meaning(node.test, scope), meaning(node.yes, scope), meaning(node.no, scope));
    case 'call':
      return call(node, scope);
  }
}

function comparisons(node: Expression & { kind: 'compare' }, scope: Scope): Value {
  const { graph } = scope;
  let left = meaning(node.first, scope);
  let result: Value | undefined;
  for (const { op, right: part } of node.rest) {
    const right = meaning(part, scope);
    let one: Value;
    if (op === 'in' || op === 'not in') {
      one = isIn(graph, left, right);
      if (op === 'not in') one = negation(graph, one);
    } else if (right.kind === 'none') {
      one = isNone(graph, left);
      if (op === 'is not' || op === '!=') one = negation(graph, one);
    } else {
      if (left.kind === 'record' && right.kind === 'record')
        throw new Refusal(
          'type',
          `'${op}' compares values, not records`,
          'compare a field: a.index == b.index',
        );
      one = compare(graph, op, left, right);
    }
    result = result ? logical(graph, 'and', result, one) : one;
    left = right;
  }
  return result!;
}

type NameLike = Expression & { kind: 'name' | 'member' };

/** The parts of `a.b.c`, or undefined if the chain begins with something else than a name. */
function chain(node: Expression): { parts: string[]; nodes: NameLike[]; quoted: boolean } | undefined {
  if (node.kind === 'name') return { parts: [node.name], nodes: [node], quoted: node.quoted === true };
  if (node.kind !== 'member') return undefined;
  const before = chain(node.of);
  if (!before) return undefined;
  return { parts: [...before.parts, node.name], nodes: [...before.nodes, node], quoted: before.quoted };
}

function named(node: NameLike, scope: Scope): Value {
  const whole = chain(node);
  if (!whole) return member(meaning((node as Expression & { kind: 'member' }).of, scope), [node.name], scope);
  const { parts, nodes, quoted } = whole;
  const parameter = quoted ? undefined : scope.parameters?.get(parts[0]!);
  if (parameter) return member(parameter, parts.slice(1), scope);
  if (!scope.parameters) {
    const found = findField(scope.graph, scope.fields, quoted ? [parts[0]!] : parts, quoted, scope.uses);
    if (found) return member(found.value, parts.slice(found.used), scope);
    if (!quoted) {
      const path = parts.join('.');
      const value = scope.constant(path);
      if (value !== undefined) return constantValue(value, path, scope);
    }
  }
  return unknown(nodes, parts, scope);
}

function constantValue(value: unknown, path: string, scope: Scope): Value {
  if (typeof value === 'boolean') return constantOf(scope.graph, 'bool', value);
  if (typeof value === 'string') return constantOf(scope.graph, 'string', value);
  if (typeof value === 'bigint') return literal(scope.graph, value);
  if (typeof value === 'number')
    return Number.isSafeInteger(value)
      ? literal(scope.graph, BigInt(value))
      : constantOf(scope.graph, 'float64', value);
  if (value === null) return { kind: 'none' };
  if (Array.isArray(value))
    return { kind: 'list', items: value.map((item) => constantValue(item, path, scope)) };
  throw new Refusal('type', `'${path}' is a map: name a value in it`);
}

function unknown(nodes: NameLike[], parts: string[], scope: Scope): never {
  const path = parts.join('.');
  const span: [number, number] = [nodes[0]!.start, nodes.at(-1)!.end];
  if (scope.parameters) {
    const known = [...scope.parameters.keys()];
    throw new ExpressionError(
      'unknown-name',
      `nothing is named '${parts[0]}' in this function`,
      [nodes[0]!.start, nodes[0]!.end],
      `it sees its parameters only (${known.join(', ')}): pass the field to it`,
    );
  }
  // A known first part: the mistake is in what follows.
  for (let used = parts.length - 1; used > 0; used--) {
    const group = scope.fields.below(parts.slice(0, used).join('_'));
    if (group.size === 0) continue;
    const help = didYouMean(parts.slice(used).join('_'), group.keys());
    throw new ExpressionError('unknown-member', `there is no field '${path}'`, span, help);
  }
  const names = suggest(scope.fields, path);
  const constants = scope.constants.filter((one) => one.startsWith(`${parts[0]}.`));
  const help =
    names.length > 0
      ? `did you mean ${names.map((name) => `'${name}'`).join(' or ')}?`
      : constants.length > 0
        ? didYouMean(path, constants)
        : Object.hasOwn(FUNCTIONS, parts[0]!)
          ? `'${parts[0]}' is a function: ${FUNCTIONS[parts[0]!]!.signature}`
          : undefined;
  throw new ExpressionError('unknown-name', `nothing is named '${path}' here`, span, help);
}

/** `value.a.b`: fields of records, components of four-vectors, members of tuples. */
function member(value: Value, parts: readonly string[], scope: Scope): Value {
  let result = value;
  for (let i = 0; i < parts.length; ) {
    if (result.kind !== 'record')
      throw new Refusal('unknown-member', `${typeName(result)} has no field '${parts[i]}'`);
    const taken = take(result, parts.slice(i), scope);
    result = taken.value;
    i += taken.used;
  }
  return result;
}

function take(record: RecordValue, parts: readonly string[], scope: Scope): { value: Value; used: number } {
  for (let used = parts.length; used > 0; used--) {
    const get = record.fields.get(parts.slice(0, used).join('_'));
    if (get) return { value: get(), used };
  }
  const name = parts[0]!;
  if (COMPONENTS.includes(name as Component)) {
    const found = tryComponent(scope.graph, record, name as Component);
    if (found) return { value: found, used: 1 };
  }
  const help = didYouMean(name, record.fields.keys());
  const names = [...record.fields.keys()];
  const shown = names.length > 12 ? `${names.slice(0, 12).join(', ')}, …` : names.join(', ');
  throw new Refusal('unknown-member', `there is no field '${name}' in it`, help ?? `it has ${shown}`);
}

function call(node: Expression & { kind: 'call' }, scope: Scope): Value {
  const macro = scope.macros.get(node.name);
  if (macro) return expand(node, macro, scope);
  const known = Object.hasOwn(FUNCTIONS, node.name) ? FUNCTIONS[node.name] : undefined;
  const outside =
    !known && Object.hasOwn(scope.externals, node.name) ? scope.externals[node.name] : undefined;
  if (!known && !outside) {
    const names = [...Object.keys(FUNCTIONS), ...scope.macros.keys(), ...Object.keys(scope.externals)];
    const help = ROW_FUNCTIONS[node.name] ?? didYouMean(node.name, names) ?? 'own ones go into functions:';
    throw new ExpressionError(
      'unknown-function',
      `there is no function '${node.name}'`,
      [node.start, node.nameEnd],
      help,
    );
  }
  const values = node.args.map((arg) => meaning(arg, scope));
  const namedValues = new Map(node.named.map((one) => [one.name, meaning(one.value, scope)]));
  if (outside) return external(scope.graph, node.name, outside, values, namedValues);
  if (node.name === 'count' && values.length === 0)
    throw new Refusal(
      'arguments',
      'count() without argument counts rows',
      'it stands in the agg of a group; num(x) counts the objects of a row',
    );
  if (namedValues.has('axis'))
    throw new Refusal(
      'arguments',
      'reductions over rows stand in the agg of a group',
      'row expressions reduce the innermost list',
    );
  const allowed = known!.named ?? [];
  const wrong = allowed.includes('*')
    ? undefined
    : [...namedValues.keys()].find((name) => !allowed.includes(name));
  if (wrong !== undefined || values.length < known!.least || values.length > known!.most)
    throw new Refusal(
      'arguments',
      wrong !== undefined
        ? `${node.name}() has no argument '${wrong}'`
        : `${node.name}() called with ${values.length} arguments`,
      `it is ${known!.signature}`,
    );
  if (node.name === 'count') {
    const [of] = values;
    if (of?.kind === 'scalar' && of.node.type === 'bool')
      scope.warn(
        'count() counts entries, true or not',
        [node.start, node.end],
        'count_nonzero() counts the true ones',
      );
  }
  return known!.apply(scope.graph, { values, named: namedValues });
}

function expand(node: Expression & { kind: 'call' }, macro: Macro, scope: Scope): Value {
  const inside = scope.inside ?? [];
  if (inside.includes(macro.name))
    throw new Refusal(
      'too-deep',
      `the function '${macro.name}' calls itself: ${[...inside, macro.name].join(' → ')}`,
    );
  if (node.named.length > 0 || node.args.length !== macro.parameters.length)
    throw new Refusal(
      'arguments',
      `${macro.name}() takes ${macro.parameters.length} arguments`,
      `it is ${macro.name}(${macro.parameters.join(', ')})`,
    );
  const parameters = new Map(macro.parameters.map((name, i) => [name, meaning(node.args[i]!, scope)]));
  try {
    return meaning(macro.body, { ...scope, parameters, inside: [...inside, macro.name] });
  } catch (error) {
    // Positions inside the macro's text mean nothing here: the call is what the user looks at.
    if (error instanceof ExpressionError)
      throw new Refusal(error.code, `in ${macro.name}(): ${error.message}`, error.help);
    throw error;
  }
}
