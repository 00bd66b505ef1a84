import { type Axis, hasOverflow, hasUnderflow } from '../hist/index.ts';
import { keyMaker, missingWeight } from '../interpret/fill.ts';
import { variableOf } from '../ir/graph.ts';
import type { Node } from '../ir/types.ts';
import type { GroupVariant, HistVariant, Weight } from '../program/plans.ts';
import type { CollectResult, CountsResult, GroupResult, HistResult, Result } from '../program/results.ts';
import type { Data, Level } from '../value/types.ts';
import type { Emitter } from './emitter.ts';

/** Something to do with the rows for which conditions hold. */
export interface Task {
  where: readonly Node[];
  emit(): void;
}

const same = (a: readonly Node[], b: readonly Node[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i]);

const sameShape = (a: readonly Level[], b: readonly Level[]): boolean =>
  a.length === b.length && a.every((one, i) => one.axis === b[i]!.axis && one.present === b[i]!.present);

function weightName(emitter: Emitter, weight: Weight, id: string): string {
  if (weight.ok) {
    const fail = emitter.bind(failing(id));
    emitter.line(`if (!${emitter.value(weight.ok)}) ${fail}();`);
  }
  return weight.node ? emitter.value(weight.node) : '1';
}

const failures = new Map<string, () => never>();
function failing(id: string): () => never {
  let fail = failures.get(id);
  if (!fail) {
    fail = () => {
      throw missingWeight(id);
    };
    failures.set(id, fail);
  }
  return fail;
}

function eachElement(emitter: Emitter, shape: readonly Level[], work: () => void): void {
  const [level, ...rest] = shape;
  if (!level) {
    work();
    return;
  }
  emitter.branch(level.present, () =>
    emitter.each(level.axis, variableOf(level.axis), () => eachElement(emitter, rest, work)),
  );
}

/** The cell along an axis, -1 if it has none: the formulas of `hist/lookup`. */
function cellCode(emitter: Emitter, result: HistResult, k: number, axis: Axis, x: string): string {
  if (axis.kind === 'regular' && !axis.circular && axis.overflow) {
    const z = emitter.name('z');
    const { low, bins, high } = axis;
    const first = hasUnderflow(axis) ? 1 : 0;
    const over = bins + first;
    emitter.line(`const ${z} = (${x} - ${num(low)}) / ${num(high - low)};`);
    return `${z} < 1 ? (${z} >= 0 ? (${z} * ${bins} | 0) + ${first} : ${first - 1}) : ${over}`;
  }
  if (axis.kind === 'variable' && !axis.circular && hasOverflow(axis) && hasUnderflow(axis)) {
    const edges = emitter.bind(edgesArray(axis.edges));
    return `variableIndex(${x}, ${edges}) + 1`;
  }
  if (axis.kind === 'boolean') return `${x} ? 1 : 0`;
  return `${emitter.bind(result.hist)}.cell(${k}, ${x})`;
}

const num = (x: number): string =>
  x < 0 || Object.is(x, -0) ? `(${Object.is(x, -0) ? '-0' : x})` : String(x);

const knownEdges = new WeakMap<readonly number[], Float64Array>();
function edgesArray(edges: readonly number[]): Float64Array {
  let array = knownEdges.get(edges);
  if (!array) {
    array = Float64Array.from(edges);
    knownEdges.set(edges, array);
  }
  return array;
}

/** Fills of one histogram: variants of the same rows and values share the search for the cell. */
function histTasks(emitter: Emitter, result: HistResult): Task[] {
  const groups: { first: HistVariant; members: { variant: HistVariant; v: number }[] }[] = [];
  result.plan.variants.forEach((variant, v) => {
    const group = groups.find(
      ({ first }) =>
        same(first.where, variant.where) &&
        same(first.coordinates, variant.coordinates) &&
        sameShape(first.shape, variant.shape) &&
        first.ok === variant.ok &&
        first.sample === variant.sample,
    );
    if (group) group.members.push({ variant, v });
    else groups.push({ first: variant, members: [{ variant, v }] });
  });
  return groups.map(({ first, members }) => ({
    where: first.where,
    emit: () =>
      eachElement(emitter, first.shape, () =>
        emitter.branch(first.ok, () => {
          emitHist(emitter, result, first, members);
        }),
      ),
  }));
}

/** From this many variations on their weights stand in an array. */
const MANY = 6;

/** The name of an array with the weights of this row. */
function weightVector(emitter: Emitter, weights: readonly Weight[], id: string): string {
  const key = `weights ${weights.map(({ node, ok }) => `${node!.id}/${ok?.id ?? ''}`).join(' ')}`;
  return emitter.rowArray(key, weights.length, (name) => {
    weights.forEach((weight, i) => {
      emitter.line(`${name}[${i}] = ${weightName(emitter, weight, id)};`);
    });
  });
}

function emitHist(
  emitter: Emitter,
  result: HistResult,
  first: HistVariant,
  members: readonly { variant: HistVariant; v: number }[],
): void {
  const { hist, plan } = result;
  const growing = plan.axes.some((axis) => 'growing' in axis && axis.growing);
  const simple = !growing && (hist.storage === 'weighted' || hist.storage === 'count');
  const nodes = members.map(({ variant }) => variant.weight);
  // Many variations of the weight: their weights go into an array, once for all histograms of the same rows.
  const many = simple && members.length > MANY && nodes.every(({ node }) => node && node.free.length === 0);
  const vector = many ? weightVector(emitter, nodes, plan.id) : undefined;
  const weights = many ? [] : nodes.map((weight) => weightName(emitter, weight, plan.id));
  const cells = first.coordinates.map((node, k) => {
    const x = emitter.value(node);
    const name = emitter.name('c');
    emitter.line(`const ${name} = ${cellCode(emitter, result, k, plan.axes[k]!, x)};`);
    return name;
  });
  const inside = cells.map((cell) => `${cell} >= 0`).join(' && ') || 'true';
  const sample = first.sample ? `Number(${emitter.value(first.sample)})` : '0';
  const bound = emitter.bind(hist);
  emitter.inside('branch', `if (${inside})`, () => {
    if (!simple) {
      members.forEach(({ v }, i) => {
        emitter.line(`${bound}.add(${bound}.index(${v}, [${cells.join(', ')}]), ${weights[i]}, ${sample});`);
      });
      return;
    }
    const arrays = hist.arrays.map((array) => emitter.bind(array));
    const terms = cells.map((cell, k) => (hist.strides[k] === 1 ? cell : `${cell} * ${hist.strides[k]}`));
    const base = emitter.name('a');
    emitter.line(`const ${base} = ${terms.join(' + ') || '0'};`);
    if (vector !== undefined) {
      const offsets = emitter.bind(Int32Array.from(members, ({ v }) => v * hist.block));
      const [i, at, w] = [emitter.name('i'), emitter.name('a'), emitter.name('w')];
      emitter.line(`for (let ${i} = 0; ${i} < ${members.length}; ${i}++) {`);
      emitter.line(`const ${at} = ${base} + ${offsets}[${i}], ${w} = ${vector}[${i}];`);
      emitter.line(`${arrays[0]}[${at}] += ${w};`);
      if (hist.storage === 'weighted') emitter.line(`${arrays[1]}[${at}] += ${w} * ${w};`);
      emitter.line('}');
      return;
    }
    members.forEach(({ v }, i) => {
      const at = v === 0 ? base : emitter.name('a');
      if (v !== 0) emitter.line(`const ${at} = ${base} + ${v * hist.block};`);
      const w = weights[i]!;
      emitter.line(`${arrays[0]}[${at}] += ${w};`);
      if (hist.storage === 'weighted')
        emitter.line(`${arrays[1]}[${at}] += ${w === '1' ? '1' : `${w} * ${w}`};`);
    });
  });
}

function groupTasks(emitter: Emitter, result: GroupResult): Task[] {
  const { group, plan } = result;
  const makers = plan.keys.map(keyMaker);
  return plan.variants.map((variant: GroupVariant, v) => ({
    where: variant.where,
    emit: () =>
      eachElement(emitter, variant.shape, () =>
        emitter.branch(variant.ok, () => {
          const keys = variant.keys.map((node, k) => {
            const x = emitter.value(node);
            if (!plan.keys[k]!.axis) return x;
            const name = emitter.name('k');
            emitter.line(`const ${name} = ${emitter.bind(makers[k])}(${x});`);
            return name;
          });
          const binned = keys.filter((_, k) => plan.keys[k]!.axis);
          emitter.inside(
            'branch',
            `if (${binned.map((key) => `${key} !== undefined`).join(' && ') || 'true'})`,
            () => {
              const w = weightName(emitter, variant.weight, plan.id);
              const bound = emitter.bind(group);
              const row = emitter.name('g');
              emitter.line(`const ${row} = ${bound}.row(${v}, [${keys.join(', ')}]);`);
              variant.slots.forEach((slot, i) => {
                if (!slot.node) {
                  emitter.line(`${bound}.add(${row}, ${i}, ${w});`);
                  return;
                }
                const { node } = slot;
                emitter.branch(slot.ok, () =>
                  emitter.line(`${bound}.add(${row}, ${i}, ${emitter.value(node)});`),
                );
              });
            },
          );
        }),
      ),
  }));
}

function countsTasks(emitter: Emitter, result: CountsResult): Task[] {
  const { plan, n, sumw, sumw2 } = result;
  const names = [n, sumw, sumw2].map((array) => emitter.bind(array));
  return plan.variants.flatMap((variant, v) =>
    variant.cells.map((cell, i) => ({
      where: cell.where,
      emit: () => {
        const at = v * plan.cells.length + i;
        const w = weightName(emitter, cell.weight, plan.id);
        emitter.line(`${names[0]}[${at}] += 1;`);
        emitter.line(`${names[1]}[${at}] += ${w};`);
        emitter.line(`${names[2]}[${at}] += ${w === '1' ? '1' : `${w} * ${w}`};`);
      },
    })),
  );
}

/** Rows that a batch gives to a table, and the values that are no source columns, by field. */
export interface Chosen {
  rows: number[];
  values: unknown[][];
}

/** The name of a value of this row (from level `depth` on) as plain data: what `plainValue` gives. */
function plain(emitter: Emitter, value: Data, depth: number): string {
  const name = emitter.name('d');
  emitter.line(`let ${name} = null;`);
  const level = value.shape[depth];
  if (level) {
    emitter.branch(level.present, () => {
      emitter.line(`${name} = [];`);
      emitter.each(level.axis, variableOf(level.axis), () => {
        emitter.line(`${name}.push(${plain(emitter, value, depth + 1)});`);
      });
    });
    return name;
  }
  emitter.branch(value.ok, () => {
    if (value.kind === 'scalar') {
      emitter.line(`${name} = ${emitter.value(value.node)};`);
      return;
    }
    emitter.line(`${name} = {};`);
    for (const [field, get] of value.fields)
      emitter.line(`${name}[${emitter.bind(field)}] = ${plain(emitter, get() as Data, depth)};`);
  });
  return name;
}

function collectTasks(emitter: Emitter, result: CollectResult, chosen: readonly Chosen[]): Task[] {
  return result.plan.variants.map((variant, v) => ({
    where: variant.where,
    emit: () => {
      emitter.line(`${emitter.bind(chosen[v]!.rows)}.push(row);`);
      variant.values.forEach((value, field) => {
        if (variant.sources[field] !== undefined) return;
        emitter.line(`${emitter.bind(chosen[v]!.values[field])}.push(${plain(emitter, value, 0)});`);
      });
    },
  }));
}

/** What a result wants to be done with rows. `chosen` takes the rows of collected tables. */
export function tasksOf(emitter: Emitter, result: Result, chosen: readonly Chosen[]): Task[] {
  if ('hist' in result) return histTasks(emitter, result);
  if ('group' in result) return groupTasks(emitter, result);
  if ('n' in result) return countsTasks(emitter, result);
  return collectTasks(emitter, result, chosen);
}
