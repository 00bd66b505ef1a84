import { ColumnsError } from '../error.ts';
import type { ExternalFunction } from '../functions/types.ts';
import { edgesOf, indexer } from '../hist/index.ts';
import type { Datum, Node } from '../ir/types.ts';
import type { GroupPlan, GroupVariant, HistVariant, KeySpec, Weight } from '../program/plans.ts';
import type { CollectResult, GroupResult, HistResult, Result } from '../program/results.ts';
import type { Table } from '../table/types.ts';
import type { Shape } from '../value/types.ts';
import { Interpreter } from './interpreter.ts';
import { plainValue } from './values.ts';

export function missingWeight(step: string): ColumnsError {
  return new ColumnsError(
    'program.weight',
    `a row that '${step}' fills has no weight: it is missing`,
    'fill_none(x, 1) gives one',
  );
}

/** The low edge of a key's bin: -inf below the first, the last edge above the last, undefined without flow. */
export function keyMaker(key: KeySpec): (value: Datum) => Datum | undefined {
  const { axis } = key;
  if (!axis) return (value) => value;
  const edges = edgesOf(axis);
  const bins = edges.length - 1;
  const index = indexer(axis);
  const flow = 'overflow' in axis && axis.overflow;
  return (value) => {
    const at = index(value);
    if (at < 0) return flow ? Number.NEGATIVE_INFINITY : undefined;
    if (at >= bins) return flow ? edges[bins]! : undefined;
    return edges[at]!;
  };
}

/** Fills the results with the rows of a table: the reference of compiled kernels. */
export function interpretTable(
  table: Table,
  results: readonly Result[],
  externals: Readonly<Record<string, ExternalFunction>>,
): void {
  const interpreter = new Interpreter(table, externals);
  const fillers = results.map((result) => fillerOf(result, interpreter, table));
  for (let row = 0; row < table.length; row++) {
    interpreter.seek(row);
    for (const filler of fillers) filler.row(row);
  }
  for (const filler of fillers) filler.end();
}

interface Filler {
  row(row: number): void;
  end(): void;
}

const nothing = (): void => {};

function fillerOf(result: Result, interpreter: Interpreter, table: Table): Filler {
  const passes = (where: readonly Node[]) => where.every((node) => interpreter.value(node) === true);
  const weightOf = (weight: Weight, id: string): number => {
    if (!interpreter.holds(weight.ok)) throw missingWeight(id);
    return weight.node ? (interpreter.value(weight.node) as number) : 1;
  };
  if ('hist' in result) {
    const { plan } = result;
    return {
      row() {
        plan.variants.forEach((variant, v) => {
          if (passes(variant.where)) fillHist(result, variant, v, interpreter, weightOf);
        });
      },
      end: nothing,
    };
  }
  if ('group' in result) {
    const { plan } = result;
    const keys = plan.keys.map(keyMaker);
    return {
      row() {
        plan.variants.forEach((variant, v) => {
          if (passes(variant.where)) fillGroup(result, plan, variant, v, keys, interpreter, weightOf);
        });
      },
      end: nothing,
    };
  }
  if ('collect' in result) return collectFiller(result, interpreter, table, passes);
  const { plan, n, sumw, sumw2 } = result;
  return {
    row() {
      plan.variants.forEach((variant, v) => {
        variant.cells.forEach((cell, i) => {
          if (!passes(cell.where)) return;
          const at = v * plan.cells.length + i;
          const w = weightOf(cell.weight, plan.id);
          n[at] = n[at]! + 1;
          sumw[at] = sumw[at]! + w;
          sumw2[at] = sumw2[at]! + w * w;
        });
      });
    },
    end: nothing,
  };
}

function collectFiller(
  result: CollectResult,
  interpreter: Interpreter,
  table: Table,
  passes: (where: readonly Node[]) => boolean,
): Filler {
  const { variants } = result.plan;
  const chosen = variants.map((): number[] => []);
  const computed = variants.map((variant) => variant.values.map((): unknown[] => []));
  return {
    row(row) {
      variants.forEach((variant, v) => {
        if (!passes(variant.where)) return;
        chosen[v]!.push(row);
        variant.values.forEach((value, field) => {
          if (variant.sources[field] === undefined) computed[v]![field]!.push(plainValue(value, interpreter));
        });
      });
    },
    end() {
      chosen.forEach((rows, v) => {
        result.collect.add(v, table, Int32Array.from(rows), computed[v]!);
      });
    },
  };
}

/** Calls `visit` for each element of the lists of a shape that are there; once for a row value. */
function eachElement(shape: Shape, interpreter: Interpreter, visit: () => void, depth = 0): void {
  const level = shape[depth];
  if (!level) {
    visit();
    return;
  }
  if (!interpreter.holds(level.present)) return;
  interpreter.each(level.axis, () => eachElement(shape, interpreter, visit, depth + 1));
}

type WeightOf = (weight: Weight, id: string) => number;

function fillHist(
  result: HistResult,
  variant: HistVariant,
  v: number,
  interpreter: Interpreter,
  weightOf: WeightOf,
): void {
  const { hist, plan } = result;
  eachElement(variant.shape, interpreter, () => {
    if (!interpreter.holds(variant.ok)) return;
    const weight = weightOf(variant.weight, plan.id);
    const cells = variant.coordinates.map((node, k) => hist.cell(k, interpreter.value(node)));
    const at = hist.index(v, cells);
    if (at < 0) return;
    hist.add(at, weight, variant.sample ? Number(interpreter.value(variant.sample)) : 0);
  });
}

function fillGroup(
  result: GroupResult,
  plan: GroupPlan,
  variant: GroupVariant,
  v: number,
  keys: readonly ((value: Datum) => Datum | undefined)[],
  interpreter: Interpreter,
  weightOf: WeightOf,
): void {
  eachElement(variant.shape, interpreter, () => {
    if (!interpreter.holds(variant.ok)) return;
    const values = variant.keys.map((node, k) => keys[k]!(interpreter.value(node)));
    if (values.some((value) => value === undefined)) return;
    const row = result.group.row(v, values as Datum[]);
    const weight = weightOf(variant.weight, plan.id);
    variant.slots.forEach((slot, i) => {
      if (!slot.node) {
        result.group.add(row, i, weight);
        return;
      }
      if (interpreter.holds(slot.ok)) result.group.add(row, i, interpreter.value(slot.node));
    });
  });
}
