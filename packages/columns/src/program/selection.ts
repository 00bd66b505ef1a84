import { and, cast } from '../ir/arithmetic.ts';
import type { Graph } from '../ir/graph.ts';
import type { Node } from '../ir/types.ts';
import { Refusal } from '../value/refusal.ts';
import type { Weight } from './plans.ts';
import type { Factor, State } from './states.ts';

/** The chosen case of each label. */
export type Cases = ReadonlyMap<string, string>;

/** Conditions of the rows of a step in one case of each label, in their order, each once. */
export function conditions(state: State, cases: Cases): Node[] {
  const list: Node[] = [];
  const add = (node: Node): void => {
    if (node.op === 'and') {
      for (const part of node.args) add(part);
      return;
    }
    if (node.op === 'const' && node.value === true) return;
    if (!list.includes(node)) list.push(node);
  };
  for (const cut of state.cuts)
    add('condition' in cut ? cut.condition : cut.cases.get(cases.get(cut.label)!)!);
  return list;
}

/** The product of factors, from left to right. */
export function product(graph: Graph, factors: readonly Factor[]): Weight {
  let node: Node | undefined;
  let ok: Node | undefined;
  for (const { value } of factors) {
    const factor = cast(graph, value.node, 'float64');
    node = node ? graph.node({ op: 'mul', type: 'float64', args: [node, factor] }) : factor;
    ok = and(graph, ok, value.ok);
  }
  return { ...(node && { node }), ...(ok && { ok }) };
}

/** The factors of these names, in the order given. */
export function chosenFactors(state: State, names: readonly string[]): Factor[] {
  return names.map((name) => {
    const found = state.weights.find((one) => one.name === name);
    if (found) return found;
    const known = state.weights.map((one) => one.name).join(', ');
    throw new Refusal(
      'unknown-name',
      `no weight factor '${name}' is attached here`,
      known ? `there are ${known}` : undefined,
    );
  });
}

/** Every combination of cases, the last label fastest. */
export function combine(branches: State['branches']): Map<string, string>[] {
  let all: Map<string, string>[] = [new Map()];
  for (const { label, cases } of branches)
    all = all.flatMap((before) => cases.map((one) => new Map([...before, [label, one]])));
  return all;
}
