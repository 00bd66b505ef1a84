import type { Graph } from '../ir/graph.ts';
import { lift, scalar } from '../value/arithmetic.ts';
import {
  argsort,
  cartesian,
  combinations,
  concat,
  like,
  localIndex,
  nearest,
  pad,
  sort,
  zip,
} from '../value/combine.ts';
import { choose, count, fillNone, mean, num, reduceConditions, reduceNumbers, std } from '../value/reduce.ts';
import { Refusal } from '../value/refusal.ts';
import { mask } from '../value/select.ts';
import type { Value } from '../value/types.ts';
import { COMPONENTS, component, deltaEta, deltaPhi, deltaR } from '../value/vector.ts';
import { ELEMENTWISE, extreme } from './elementwise.ts';
import type { Arguments, ExpressionFunction } from './types.ts';

/** A whole number or truth value written in the text. */
function written(value: Value | undefined, name: string, what: string): bigint | boolean | undefined {
  if (value === undefined) return undefined;
  if (value.kind === 'scalar' && value.weak !== undefined) return value.weak;
  if (value.kind === 'scalar' && value.node.op === 'const' && value.node.type === 'bool')
    return value.node.value as boolean;
  throw new Refusal('arguments', `${name}(): ${what} must be written as a number or True, False`);
}

const whole = (value: Value | undefined, name: string, what: string): number => {
  const found = written(value, name, what);
  if (typeof found !== 'bigint') throw new Refusal('arguments', `${name}(): ${what} must be a whole number`);
  return Number(found);
};
const flag = (value: Value | undefined, name: string, what: string, otherwise: boolean): boolean => {
  const found = written(value, name, what);
  if (found !== undefined && typeof found !== 'boolean')
    throw new Refusal('arguments', `${name}(): ${what} is True or False`);
  return found ?? otherwise;
};

const optional = (args: Arguments, position: number, name: string): Value | undefined =>
  args.values[position] ?? args.named.get(name);

type Reduction = 'sum' | 'prod' | 'nansum' | 'argmin' | 'argmax' | 'nanargmin' | 'nanargmax';

const reduction = (kind: Reduction): ExpressionFunction => ({
  signature: `${kind}(x)`,
  least: 1,
  most: 1,
  apply: (graph, { values }) => reduceNumbers(graph, kind, values[0]!, kind),
});

function leastOrGreatest(name: 'min' | 'max' | 'nanmin' | 'nanmax'): ExpressionFunction {
  return {
    signature: name.startsWith('nan')
      ? `${name}(x) or ${name}(a, b, ...)`
      : `${name}(x, default=) or ${name}(a, b, ...)`,
    least: 1,
    most: Number.POSITIVE_INFINITY,
    named: ['default'],
    apply(graph, { values, named }) {
      const otherwise = named.get('default');
      if (values.length > 1) {
        if (otherwise) throw new Refusal('arguments', `${name}(a, b) has no default`);
        return extreme(graph, `${name}2`, values, name);
      }
      const of = values[0]!;
      if (of.kind === 'scalar' && of.shape.length === 0)
        throw new Refusal(
          'type',
          `${name}(x) reduces lists, but this has one value for each row`,
          `${name}(a, b) compares values`,
        );
      const result = reduceNumbers(graph, name, of, name);
      return otherwise ? fillNone(graph, result, otherwise) : result;
    },
  };
}

const conditions = (name: string, kind: 'any' | 'all' | 'countnonzero'): ExpressionFunction => ({
  signature: `${name}(x)`,
  least: 1,
  most: 1,
  apply: (graph, { values }) => reduceConditions(graph, kind, values[0]!, name),
});

const unary = (signature: string, apply: (graph: Graph, value: Value) => Value): ExpressionFunction => ({
  signature,
  least: 1,
  most: 1,
  apply: (graph, { values }) => apply(graph, values[0]!),
});

const pairwise = (name: string, apply: (graph: Graph, a: Value, b: Value) => Value): ExpressionFunction => ({
  signature: `${name}(a, b)`,
  least: 2,
  most: 2,
  apply: (graph, { values }) => apply(graph, values[0]!, values[1]!),
});

function length(graph: Graph, value: Value): Value {
  if (value.kind !== 'scalar' || value.node.type !== 'string') return num(graph, value, 'len');
  return lift(graph, [value], ([x]) =>
    graph.integer({ op: 'length', type: 'int64', args: [x!] }, 0, 2 ** 31),
  );
}

const sorting = (name: 'sort' | 'argsort'): ExpressionFunction => ({
  signature: `${name}(x, ascending=True)`,
  least: 1,
  most: 2,
  named: ['ascending'],
  apply(graph, args) {
    const up = flag(optional(args, 1, 'ascending'), name, 'ascending', true);
    return name === 'sort' ? sort(graph, args.values[0]!, up) : argsort(graph, args.values[0]!, up);
  },
});

/** Every function of row expressions, by name (LANGUAGE.md, appendix B). */
export const FUNCTIONS: Record<string, ExpressionFunction> = {
  ...ELEMENTWISE,
  ...Object.fromEntries(
    COMPONENTS.map((name) => [name, unary(`${name}(v)`, (graph, v) => component(graph, v, name))]),
  ),
  sum: reduction('sum'),
  prod: reduction('prod'),
  nansum: reduction('nansum'),
  argmin: reduction('argmin'),
  argmax: reduction('argmax'),
  nanargmin: reduction('nanargmin'),
  nanargmax: reduction('nanargmax'),
  min: leastOrGreatest('min'),
  max: leastOrGreatest('max'),
  nanmin: leastOrGreatest('nanmin'),
  nanmax: leastOrGreatest('nanmax'),
  mean: unary('mean(x)', mean),
  std: unary('std(x)', std),
  any: conditions('any', 'any'),
  all: conditions('all', 'all'),
  count_nonzero: conditions('count_nonzero', 'countnonzero'),
  count: unary('count(x)', count),
  num: unary('num(x)', (graph, x) => num(graph, x, 'num')),
  len: unary('len(x)', length),
  local_index: unary('local_index(x)', localIndex),
  ones_like: unary('ones_like(x)', (graph, x) => like(graph, x, 1, 'ones_like')),
  zeros_like: unary('zeros_like(x)', (graph, x) => like(graph, x, 0, 'zeros_like')),
  sort: sorting('sort'),
  argsort: sorting('argsort'),
  fill_none: pairwise('fill_none', fillNone),
  mask: pairwise('mask', mask),
  delta_r: pairwise('delta_r', deltaR),
  delta_phi: pairwise('delta_phi', deltaPhi),
  delta_eta: pairwise('delta_eta', deltaEta),
  where: {
    signature: 'where(condition, a, b)',
    least: 3,
    most: 3,
    apply: (graph, { values }) => choose(graph, values[0]!, values[1]!, values[2]!),
  },
  combinations: {
    signature: 'combinations(x, n)',
    least: 2,
    most: 2,
    apply: (graph, { values }) => combinations(graph, values[0]!, whole(values[1], 'combinations', 'n')),
  },
  cartesian: {
    signature: 'cartesian(a, b, nested=False)',
    least: 2,
    most: 3,
    named: ['nested'],
    apply: (graph, args) =>
      cartesian(
        graph,
        args.values[0]!,
        args.values[1]!,
        flag(optional(args, 2, 'nested'), 'cartesian', 'nested', false),
      ),
  },
  nearest: {
    signature: 'nearest(a, b, max=)',
    least: 2,
    most: 3,
    named: ['max'],
    apply(graph, args) {
      const max = optional(args, 2, 'max');
      return nearest(graph, args.values[0]!, args.values[1]!, max && scalar(max, 'nearest()'));
    },
  },
  pad: {
    signature: 'pad(x, n, clip=False)',
    least: 2,
    most: 3,
    named: ['clip'],
    apply: (graph, args) =>
      pad(
        graph,
        args.values[0]!,
        whole(args.values[1], 'pad', 'n'),
        flag(optional(args, 2, 'clip'), 'pad', 'clip', false),
      ),
  },
  concat: {
    signature: 'concat(a, b, ...)',
    least: 1,
    most: Number.POSITIVE_INFINITY,
    apply: (graph, { values }) => concat(graph, values),
  },
  zip: {
    signature: 'zip(name=x, ...)',
    least: 0,
    most: 0,
    named: ['*'],
    apply: (graph, { named }) => zip(graph, [...named]),
  },
};
