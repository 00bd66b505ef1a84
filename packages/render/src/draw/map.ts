import type { Figure } from '../figure/types.ts';
import type { Scale } from '../scale/scale.ts';
import { place, placeInside } from '../scale/scale.ts';
import { powerText } from '../scale/ticks.ts';
import { element, num, richText } from '../svg/writer.ts';
import { parseRich, plainText } from '../text/rich.ts';
import { mapColor } from './colors.ts';
import { binEdges } from './extent.ts';
import type { Layout } from './layout.ts';
import { axisLabel } from './layout.ts';

/** Edges of the bins on y of a map. */
export function mapEdges(figure: Figure): { x: number[]; y: number[] } {
  return { x: binEdges(figure.x) ?? [0, 1], y: binEdges(figure.y) ?? [0, 1] };
}

/** Coloured cells of a two-dimensional histogram, one path for each colour. Empty cells, and what a log colour axis cannot show, stay blank. */
export function drawCells(figure: Figure, at: Layout): string {
  const map = figure.map!;
  const z = at.z!;
  const edges = mapEdges(figure);
  const name = colorsOf(figure, z);
  const paths = new Map<string, string>();
  for (const [i, column] of map.cells.entries()) {
    const [left, right] = [placeInside(at.x, edges.x[i]!), placeInside(at.x, edges.x[i + 1]!)];
    if (!(right > left)) continue;
    // Runs of one colour within a column become one rectangle: smaller, and without seams.
    let open: { color: string; bottom: number; top: number } | undefined;
    const flush = () => {
      if (open)
        paths.set(
          open.color,
          `${paths.get(open.color) ?? ''}M${num(left)} ${num(open.bottom)}H${num(right)}V${num(open.top)}H${num(left)}Z`,
        );
      open = undefined;
    };
    for (const [j, value] of column.entries()) {
      const [bottom, top] = [placeInside(at.y, edges.y[j]!), placeInside(at.y, edges.y[j + 1]!)];
      const color = cellColor(value, z, name);
      if (color === undefined || !(bottom > top)) flush();
      else if (open?.color === color) open.top = top;
      else {
        flush();
        open = { color, bottom, top };
      }
    }
    flush();
  }
  const body = [...paths]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([color, d]) => element('path', { d, fill: color }))
    .join('');
  // For pages that tell the content under the pointer: where the edges lie.
  const places = (scale: Scale, values: readonly number[]) =>
    values.map((edge) => num(placeInside(scale, edge))).join(' ');
  return element(
    'g',
    {
      class: 'cells',
      'shape-rendering': 'crispEdges',
      'data-x': places(at.x, edges.x),
      'data-y': places(at.y, edges.y),
      'data-labels': JSON.stringify(
        [figure.x, figure.y, map.z].map(({ label }) => plainText(parseRich(label))),
      ),
    },
    body,
  );
}

function colorsOf(figure: Figure, z: Scale): string | undefined {
  return figure.look.colormap ?? (z.domain[0] < 0 ? 'diverging' : undefined);
}

function cellColor(value: number | null | undefined, z: Scale, name: string | undefined): string | undefined {
  if (value === null || value === undefined || !Number.isFinite(value)) return undefined;
  if (value === 0 || (z.log && value <= 0)) return undefined;
  const [low, high] = z.domain;
  const part = z.log ? Math.log10(value / low) / Math.log10(high / low) : (value - low) / (high - low);
  return mapColor(name, part);
}

/** Colour bar with its ticks and label, right of the map. */
export function drawColorbar(figure: Figure, at: Layout): string {
  const box = at.colorbar!;
  const z = at.z!;
  const { sizes } = at;
  const name = colorsOf(figure, z);
  const parts: string[] = [];
  const count = 64;
  const step = (box.y1 - box.y0) / count;
  for (let k = 0; k < count; k++) {
    const y = box.y1 - (k + 1) * step;
    parts.push(
      element('rect', {
        x: box.x0,
        y,
        width: box.x1 - box.x0,
        height: step + 0.4,
        fill: mapColor(name, (k + 0.5) / count),
      }),
    );
  }
  const bar = element('g', { 'shape-rendering': 'crispEdges' }, parts.join(''));
  let path = '';
  let labels = '';
  for (const [index, value] of at.zTicks!.major.entries()) {
    const y = place(z, value);
    path += `M${num(box.x1)} ${num(y)}h${num(-sizes.minor)}`;
    labels += richText(at.zTicks!.labels[index]!, {
      x: box.x1 + 5,
      y: y + sizes.tick * 0.36,
      size: sizes.tick,
      className: 'ink-fill tick',
    });
  }
  for (const value of at.zTicks!.minor)
    path += `M${num(box.x1)} ${num(place(z, value))}h${num(-sizes.minor * 0.6)}`;
  if (at.zTicks!.power !== undefined)
    labels += richText(powerText(at.zTicks!.power), {
      x: box.x1,
      y: box.y0 - 6,
      size: sizes.tick,
      anchor: 'middle',
      className: 'ink-fill power',
    });
  const label = axisLabel(figure.map!.z.label, sizes.label, box.y1 - box.y0);
  return (
    bar +
    element('rect', {
      class: 'ink',
      x: box.x0,
      y: box.y0,
      width: box.x1 - box.x0,
      height: box.y1 - box.y0,
      fill: 'none',
      stroke: 'black',
    }) +
    element('path', { class: 'ink', d: path, stroke: 'black', fill: 'none' }) +
    labels +
    richText(label, {
      x: figure.look.size[0] - sizes.label * 0.45,
      y: box.y0,
      size: sizes.label,
      anchor: 'end',
      turn: -90,
      className: 'ink-fill label',
    })
  );
}
