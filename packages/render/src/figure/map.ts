import { RenderError } from '../error.ts';
import type { PlotArguments } from '../plot/types.ts';
import { entriesOf } from './entries.ts';
import { axisOf, finite, lookOf } from './look.ts';
import type { Figure } from './types.ts';
import type { Part } from './view.ts';
import { contentAt } from './view.ts';

/**
 * A two-dimensional histogram as coloured cells. One entry only: cells cannot be laid over each other. Stack, band
 * and ratio, which may come from defaults for all plots, mean nothing here.
 */
export function mapFigure(parts: readonly Part[], asked: Omit<PlotArguments, 'out'>): Figure {
  const { view, fixed } = parts[0]!;
  const style = asked.style ?? {};
  const open = view.axes.flatMap((axis, index) => (axis.edges ? [index] : []));
  const entries = entriesOf(view, fixed, open, style);
  if (parts.length > 1)
    throw new RenderError(
      'plot.map',
      `${parts.length} two-dimensional histograms cannot share a figure`,
      "one figure for each: put {task} into 'out'",
    );
  if (entries.length !== 1) {
    const names = view.axes.flatMap((axis, index) =>
      axis.categories && axis.size > 1 && !fixed.has(index) && axis.name !== 'variation'
        ? [`{${axis.name}}`]
        : [],
    );
    throw new RenderError(
      'plot.map',
      `a map shows one histogram, and there are ${entries.length}`,
      `one figure for each: put ${names.join('_')} into 'out'`,
    );
  }
  if (asked.kind && asked.kind !== 'map')
    throw new RenderError(
      'plot.kind',
      `a histogram with two axes of numbers is drawn as a map, not as ${asked.kind}`,
      "leave 'kind' out",
    );
  const [ax, ay] = open.map((index) => view.axes[index]!) as [(typeof view.axes)[0], (typeof view.axes)[0]];
  const cell = [...entries[0]!.cell];
  const cells: (number | null)[][] = [];
  const variances: (number | null)[][] = [];
  let outside = 0;
  for (let i = ax.under ? -1 : 0; i < ax.size + (ax.over ? 1 : 0); i++) {
    const column: (number | null)[] = [];
    const errors: (number | null)[] = [];
    for (let j = ay.under ? -1 : 0; j < ay.size + (ay.over ? 1 : 0); j++) {
      cell[open[0]!] = i;
      cell[open[1]!] = j;
      const { value, variance } = contentAt(view, cell);
      if (i < 0 || j < 0 || i >= ax.size || j >= ay.size) outside += value;
      else {
        column.push(finite(value));
        errors.push(finite(variance));
      }
    }
    if (i >= 0 && i < ax.size) {
      cells.push(column);
      variances.push(errors);
    }
  }
  return {
    format: 1,
    kind: 'map',
    x: axisOf(ax.label ?? ax.name, asked.x, { edges: ax.edges! }),
    y: axisOf(ay.label ?? ay.name, asked.y, { edges: ay.edges! }),
    series: [],
    map: {
      z: axisOf(view.mean ?? 'Entries', asked.z),
      cells,
      ...(view.variances ? { variances } : {}),
      ...(outside ? { outside } : {}),
    },
    look: lookOf(style, false),
  };
}
