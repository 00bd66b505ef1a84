import type { ExternalFunction } from '../functions/types.ts';
import type { Node } from '../ir/types.ts';
import type { Result } from '../program/results.ts';
import type { Schema, Table } from '../table/types.ts';
import { Emitter } from './emitter.ts';
import { type Chosen, type Task, tasksOf } from './fills.ts';
import { HELPERS } from './helpers.ts';
import { emitReduce } from './reduce.ts';
import { type Bound, bindSlots, type Slot } from './slots.ts';
import { countUses } from './uses.ts';

/** Rows of one call: short calls let the engine put better code in place early. */
const ROWS = 4096;

/** Whether this place lets code be made at run time (a page's content policy may not). */
export function canCompile(): boolean {
  try {
    return new Function('return true')() === true;
  } catch {
    return false;
  }
}

interface Selection {
  tasks: Task[];
  inner: Map<Node, Selection>;
}

const newSelection = (): Selection => ({ tasks: [], inner: new Map() });

/** Tasks by their conditions: common ones are tested once. */
function select(tasks: readonly Task[]): Selection {
  const root = newSelection();
  for (const task of tasks) {
    let at = root;
    for (const node of task.where) {
      let next = at.inner.get(node);
      if (!next) {
        next = newSelection();
        at.inner.set(node, next);
      }
      at = next;
    }
    at.tasks.push(task);
  }
  return root;
}

function emitSelection(emitter: Emitter, selection: Selection): void {
  for (const task of selection.tasks) task.emit();
  for (const [node, inner] of selection.inner) emitter.branch(node, () => emitSelection(emitter, inner));
}

type Kernel = (columns: readonly Bound[], from: number, to: number) => void;

export interface Compiled {
  /** The code, for those who want to look. */
  code: string;
  push(table: Table): void;
}

/** V8 does not optimise functions beyond 60 kB of bytecode: a third of that. */
const MOST_LINES = 1200;

interface Built {
  code: string;
  slots: readonly Slot[];
  run: Kernel;
}

function built(emitter: Emitter): Built {
  const code = [
    '"use strict";',
    `const { ${Object.keys(HELPERS).join(', ')} } = H;`,
    ...emitter.constants.map((_, i) => `const K${i} = K[${i}];`),
    `const S = [${emitter.scratch.join(', ')}];`,
    'return function kernel(C, from, to) {',
    ...emitter.slots.map((_, i) => `const C${i} = C[${i}];`),
    ...emitter.head,
    'for (let row = from; row < to; row++) {',
    ...emitter.block.lines,
    '}',
    '};',
  ].join('\n');
  const run = new Function('K', 'H', code)(emitter.constants, HELPERS) as Kernel;
  return { code, slots: emitter.slots, run };
}

/** One fused loop over the rows for some results. */
export function compileResults(
  results: readonly Result[],
  schema: Schema,
  columns: readonly string[],
  externals: Readonly<Record<string, ExternalFunction>>,
): Compiled {
  const uses = countUses(results.map((result) => result.plan));
  const chosen = results.map((result) =>
    result.plan.variants.map(
      (variant): Chosen => ({
        rows: [],
        values: 'values' in variant ? variant.values.map(() => []) : [],
      }),
    ),
  );
  /** Tasks `[from, to)` in one kernel, or in several if it would be too long for the engine to make fast. */
  const build = (from: number, to: number): Built[] => {
    const emitter = new Emitter(schema, uses);
    emitter.columns = columns;
    emitter.reduce = (node, names) => emitReduce(emitter, node, names);
    emitter.extern = (name) => emitter.bind(externals[name]!.apply);
    const tasks = results.flatMap((result, i) => tasksOf(emitter, result, chosen[i]!));
    const mine = tasks.slice(from, to);
    emitSelection(emitter, select(mine));
    if (emitter.block.lines.length > MOST_LINES && mine.length > 1) {
      const middle = from + Math.ceil(mine.length / 2);
      return [...build(from, middle), ...build(middle, from + mine.length)];
    }
    return [built(emitter)];
  };
  const kernels = build(0, Number.POSITIVE_INFINITY);
  return {
    code: kernels.map((kernel) => kernel.code).join('\n'),
    push(table) {
      for (const { slots, run } of kernels) {
        const bound = bindSlots(slots, table);
        for (let from = 0; from < table.length; from += ROWS)
          run(bound, from, Math.min(table.length, from + ROWS));
      }
      results.forEach((result, i) => {
        if (!('collect' in result)) return;
        chosen[i]!.forEach(({ rows, values }, v) => {
          result.collect.add(v, table, Int32Array.from(rows), values);
          rows.length = 0;
          for (const list of values) list.length = 0;
        });
      });
    },
  };
}
