import { canonical } from '../fields/fields.ts';
import type { Axis as HistAxis } from '../hist/index.ts';
import { and } from '../ir/arithmetic.ts';
import type { Node } from '../ir/types.ts';
import type { DataType } from '../table/types.ts';
import { spread } from '../value/broadcast.ts';
import { Refusal } from '../value/refusal.ts';
import { dataTypeOf } from '../value/type.ts';
import type { Data, ScalarValue } from '../value/types.ts';
import { extractSlots, type Slot } from './agg.ts';
import type { Analysis } from './analysis.ts';
import { axisFor, axisValue, coordinate } from './axes.ts';
import type {
  CollectVariant,
  CountsVariant,
  FillPlan,
  GroupVariant,
  HistVariant,
  KeySpec,
  Labels,
  Weight,
} from './plans.ts';
import type { TextPlace } from './problems.ts';
import { type Cases, chosenFactors, combine, conditions, product } from './selection.ts';
import { NOMINAL, type State } from './states.ts';
import type { AxisSpec, CollectFill, CountsFill, FillStep, GroupFill, HistFill } from './types.ts';

/** Variants by variation, then by case; equal ones are one object, so that `===` tells what a variation changes. */
interface Made<V, Head> {
  head: Head;
  variants: V[];
}

/** What a fill makes, for each combination of labels. Undefined if something is wrong with it. */
export function planFill(analysis: Analysis, step: FillStep): FillPlan | undefined {
  const { fill } = step;
  switch (fill.kind) {
    case 'hist':
      return withVariations(
        analysis,
        step,
        (state) => histVariants(analysis, step, fill, state),
        (labels, head, variants) => ({
          kind: 'hist',
          id: step.id,
          labels,
          ...head,
          variants,
        }),
      );
    case 'group':
      return withVariations(
        analysis,
        step,
        (state) => groupVariants(analysis, step, fill, state),
        (labels, head, variants) => ({
          kind: 'group',
          id: step.id,
          labels,
          ...head,
          variants,
        }),
      );
    case 'counts':
      return withVariations(
        analysis,
        step,
        (_, variation) => countsVariants(analysis, step, fill, variation),
        (labels, head, variants) => ({
          kind: 'counts',
          id: step.id,
          labels,
          ...head,
          variants,
        }),
      );
    case 'collect':
      return withVariations(
        analysis,
        step,
        (state) => collectVariants(analysis, step, fill, state),
        (labels, head, variants) => ({
          kind: 'collect',
          id: step.id,
          labels,
          ...head,
          variants,
        }),
      );
  }
}

function withVariations<V, Head>(
  analysis: Analysis,
  step: FillStep,
  make: (state: State, variation: string) => Made<V, Head> | undefined,
  plan: (labels: Labels, head: Head, variants: V[]) => FillPlan,
): FillPlan | undefined {
  const from = step.fill.kind === 'counts' ? lastOf(analysis, step.fill) : step.from;
  const nominal = make(analysis.state(step.from, NOMINAL), NOMINAL);
  if (!nominal) return undefined;
  const all: [string, V[]][] = [[NOMINAL, nominal.variants]];
  const key = variantsKey(nominal.variants);
  for (const variation of analysis.variations(from)) {
    const varied = make(analysis.state(step.from, variation), variation);
    if (!varied) return undefined;
    if (variantsKey(varied.variants) !== key) all.push([variation, varied.variants]);
  }
  const labels: [string, string[]][] = analysis
    .state(from, NOMINAL)
    .branches.map(({ label, cases }) => [label, [...cases]]);
  if (all.length > 1) labels.push(['variation', all.map(([name]) => name)]);
  // Labels of branches first, the variation fastest.
  const variants = nominal.variants.flatMap((_, i) => all.map(([, list]) => list[i]!));
  return plan(labels, nominal.head, variants);
}

/** The step with the longest chain: all others of a cutflow lie above it or beside it. */
function lastOf(analysis: Analysis, fill: CountsFill): string {
  const steps = Object.values(fill.rows).flatMap((row) => Object.values(row));
  let last = '';
  for (const one of steps) if (analysis.chain(one).length > analysis.chain(last).length) last = one;
  return last;
}

function variantsKey(variants: readonly unknown[]): string {
  return JSON.stringify(variants, (_, value) => {
    if (typeof value === 'bigint') return String(value);
    if (value instanceof Map) return [...value].map(([name, get]: [string, () => Data]) => [name, get()]);
    if (value && typeof value === 'object' && 'free' in value)
      return `${'op' in value ? 'node' : 'axis'} ${(value as Node).id}`;
    return value;
  });
}

function casesOf(state: State): { cases: Cases; where: Node[] }[] {
  return combine(state.branches).map((one) => ({ cases: one, where: conditions(state, one) }));
}

function evaluate(analysis: Analysis, place: TextPlace, text: string, state: State): Data | undefined {
  return analysis.problems.attempt(place, () => analysis.data(place, text, state.fields));
}

function axisValues(
  analysis: Analysis,
  step: FillStep,
  path: string,
  specs: readonly AxisSpec[],
  state: State,
) {
  const values: ScalarValue[] = [];
  const axes: HistAxis[] = [];
  for (const [i, spec] of specs.entries()) {
    const place: TextPlace = { step: step.id, path: ['fill', path, i, 'field'] };
    const found = analysis.problems.attempt(place, () => {
      const value = axisValue(analysis.value(place, spec.field, state.fields));
      return { value, axis: axisFor(spec, value) };
    });
    if (!found) return undefined;
    values.push(found.value);
    axes.push(found.axis);
  }
  return { values, axes };
}

function histVariants(
  analysis: Analysis,
  step: FillStep,
  fill: HistFill,
  state: State,
):
  | Made<HistVariant, { axes: HistAxis[]; storage: 'count' | 'weighted' | 'mean' | 'weighted_mean' }>
  | undefined {
  const { graph } = analysis;
  const axes = axisValues(analysis, step, 'axes', fill.axes, state);
  const place: TextPlace = { step: step.id, path: ['fill', 'weight'] };
  const parts: ScalarValue[] = [...(axes?.values ?? [])];
  let weight: Weight = {};
  let weightAt: number | undefined;
  let bad = !axes;
  if (typeof fill.weight === 'string') {
    const value = analysis.problems.attempt(place, () => {
      const of = axisValue(analysis.value(place, fill.weight as string, state.fields));
      if (of.node.type === 'string') throw new Refusal('type', 'a weight is a number');
      return {
        ...of,
        node: coordinate(
          graph,
          { kind: 'regular', name: '', bins: 1, low: 0, high: 1, underflow: true, overflow: true },
          of.node,
        ),
      };
    });
    if (value) {
      weightAt = parts.length;
      parts.push(value);
    } else bad = true;
  } else if (fill.storage !== 'count' && fill.weight !== 1) {
    const found = analysis.problems.attempt(place, () =>
      product(graph, Array.isArray(fill.weight) ? chosenFactors(state, fill.weight) : state.weights),
    );
    if (found) weight = found;
    else bad = true;
  }
  let sampleAt: number | undefined;
  if (fill.storage === 'mean') {
    const at: TextPlace = { step: step.id, path: ['fill', 'sample'] };
    const value = analysis.problems.attempt(at, () => {
      if (fill.sample === undefined)
        throw new Refusal('arguments', 'storage mean needs a sample', 'sample: the field to average');
      return axisValue(analysis.value(at, fill.sample, state.fields));
    });
    if (value) {
      sampleAt = parts.length;
      parts.push(value);
    } else bad = true;
  }
  if (bad || !axes) return undefined;
  const even = analysis.problems.attempt({ step: step.id, path: ['fill', 'axes'] }, () =>
    spread(graph, parts),
  );
  if (!even) return undefined;
  let ok: Node | undefined;
  even.values.forEach((value, i) => {
    if (i !== weightAt) ok = and(graph, ok, value.ok);
  });
  if (weightAt !== undefined) {
    const own = even.values[weightAt]!;
    weight = { node: own.node, ...(own.ok && { ok: own.ok }) };
  }
  const coordinates = axes.axes.map((axis, i) => coordinate(graph, axis, even.values[i]!.node));
  const sample = sampleAt === undefined ? undefined : even.values[sampleAt]!.node;
  const storage = fill.storage === 'mean' ? (fill.weight === 1 ? 'mean' : 'weighted_mean') : fill.storage;
  return {
    head: { axes: axes.axes, storage },
    variants: casesOf(state).map(({ where }) => ({
      where,
      shape: even.shape,
      ...(ok && { ok }),
      coordinates,
      weight,
      ...(sample && { sample }),
    })),
  };
}

function groupVariants(
  analysis: Analysis,
  step: FillStep,
  fill: GroupFill,
  state: State,
): Made<GroupVariant, { keys: KeySpec[]; slots: Slot[]; columns: Record<string, string> }> | undefined {
  const { graph } = analysis;
  const axes = axisValues(analysis, step, 'by', fill.by, state);
  const slots: Slot[] = [];
  const columns: Record<string, string> = {};
  let bad = !axes;
  for (const [name, text] of Object.entries(fill.agg)) {
    const place: TextPlace = { step: step.id, path: ['fill', 'agg', name] };
    const tree = analysis.problems.parse(place, text);
    const rest =
      tree &&
      analysis.problems.attempt(place, () => {
        const uses = new Set<string>();
        const result = extractSlots(tree, analysis.scope(place, state.fields, uses), slots);
        analysis.keepText(place, tree, uses);
        return result;
      });
    if (rest === undefined) bad = true;
    else columns[name] = rest;
  }
  if (bad || !axes) return undefined;
  const values = slots.map(
    (slot): ScalarValue => slot.value ?? { kind: 'scalar', shape: [], node: graph.truth(true) },
  );
  const even = analysis.problems.attempt({ step: step.id, path: ['fill'] }, () =>
    spread<ScalarValue>(graph, [...axes.values, ...values.map(({ ok: _, ...rest }) => rest)]),
  );
  if (!even) return undefined;
  const n = axes.values.length;
  const ok = even.values
    .slice(0, n)
    .reduce<Node | undefined>((sum, one) => and(graph, sum, one.ok), undefined);
  const keys = axes.axes.map((axis, i): KeySpec => {
    const { type } = axes.values[i]!.node;
    const binned = axis.kind === 'regular' || axis.kind === 'variable';
    return { name: fill.by[i]!.name, type: binned ? 'float64' : type, ...(binned && { axis }) };
  });
  const weight = product(graph, state.weights);
  const usesWeight = slots.some((slot) => slot.kind === 'sumw' || slot.kind === 'sumw2');
  return {
    head: { keys, slots: slots.map(({ kind, type, nullable }) => ({ kind, type, nullable })), columns },
    variants: casesOf(state).map(({ where }) => ({
      where,
      shape: even.shape,
      ...(ok && { ok }),
      keys: axes.axes.map((axis, i) => coordinate(graph, axis, even.values[i]!.node)),
      slots: slots.map((slot, i) =>
        slot.value ? { node: even.values[n + i]!.node, ...(slot.value.ok && { ok: slot.value.ok }) } : {},
      ),
      weight: usesWeight ? weight : {},
    })),
  };
}

function countsVariants(
  analysis: Analysis,
  step: FillStep,
  fill: CountsFill,
  variation: string,
): Made<CountsVariant, { cells: [string, string][] }> | undefined {
  const { graph } = analysis;
  const cells = Object.entries(fill.rows).flatMap(([row, suffixes]) =>
    Object.entries(suffixes).map(([suffix, id]) => ({ row, suffix, id })),
  );
  const unknown = cells.find(({ id }) => id !== '' && !analysis.steps.has(id));
  if (unknown) {
    analysis.problems.add(
      { step: step.id, path: ['fill', 'rows', unknown.row, unknown.suffix] },
      { code: 'program.step', message: `there is no step '${unknown.id}'` },
    );
    return undefined;
  }
  const { branches } = analysis.state(lastOf(analysis, fill), variation);
  return {
    head: { cells: cells.map(({ row, suffix }) => [row, suffix]) },
    variants: combine(branches).map((chosen) => ({
      cells: cells.map(({ id }) => {
        const state = analysis.state(id, variation);
        return { where: conditions(state, chosen), weight: product(graph, state.weights) };
      }),
    })),
  };
}

function collectVariants(
  analysis: Analysis,
  step: FillStep,
  fill: CollectFill,
  state: State,
): Made<CollectVariant, { names: string[]; types: DataType[] }> | undefined {
  const values: Data[] = [];
  const sources: (string | undefined)[] = [];
  for (const [i, name] of fill.fields.entries()) {
    const value = evaluate(analysis, { step: step.id, path: ['fill', 'fields', i] }, fieldText(name), state);
    if (!value) return undefined;
    values.push(value);
    const field = state.fields.named(canonical(name)).find((one) => one.name === name);
    sources.push(field && !field.id.includes('@') ? field.id : undefined);
  }
  return {
    head: { names: [...fill.fields], types: values.map((value, i) => typeOf(analysis, value, sources[i])) },
    variants: casesOf(state).map(({ where }) => ({ where, values, sources })),
  };
}

const typeOf = (analysis: Analysis, value: Data, source: string | undefined): DataType =>
  source === undefined ? dataTypeOf(value) : analysis.program.schema[source]!;

/** A field's name as an expression: in backquotes if the file spells it in an odd way. */
function fieldText(name: string): string {
  const plain = name.split('.').every((part) => /^[\p{L}_][\p{L}\p{N}_]*$|^\d+$/u.test(part));
  return plain ? name : `\`${name}\``;
}
