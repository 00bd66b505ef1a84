import type { Figure } from '../figure/types.ts';
import { element, num, richText } from '../svg/writer.ts';
import type { Sizes } from './geometry.ts';
import type { LegendPlace } from './legend.ts';
import { swatch } from './legend.ts';
import { marker } from './marks.ts';

/** Draws a legend that has found its place. */
export function drawLegend(figure: Figure, legend: LegendPlace, sizes: Sizes, hatch: string): string {
  const { width, height, row } = swatch(sizes);
  const perColumn = Math.ceil(legend.entries.length / legend.columns);
  const columnWidth = (legend.width - 8 + 12) / legend.columns;
  const points = figure.series.filter((series) => series.draw === 'points');
  const parts: string[] = [];
  for (const [index, entry] of legend.entries.entries()) {
    const x = legend.x + 4 + Math.floor(index / perColumn) * columnWidth;
    const middle = legend.y + 4 + ((index % perColumn) + 0.5) * row;
    const box = { x, y: middle - height / 2, width, height };
    const series = entry.series;
    if (entry.band)
      parts.push(
        element('rect', { ...box, class: 'band', fill: hatch, stroke: '#777777', 'stroke-width': 0.5 }),
      );
    else if (series?.draw === 'points') {
      const ink = series.color === 'black';
      const bar = `M${num(x + width / 2)} ${num(middle - height * 0.75)}V${num(middle + height * 0.75)}`;
      if (series.low)
        parts.push(
          element('path', {
            class: ink ? 'ink' : undefined,
            d: bar,
            stroke: series.color,
            'stroke-width': 1.3,
          }),
        );
      parts.push(
        element('path', {
          class: ink ? 'ink-fill' : undefined,
          d: marker(points.indexOf(series), x + width / 2, middle, 3.4),
          fill: series.color,
        }),
      );
    } else if (series?.draw === 'steps' || series?.draw === 'line')
      parts.push(
        element('path', {
          d: `M${num(x)} ${num(middle)}h${num(width)}`,
          stroke: series.color,
          'stroke-width': 2.2,
          'stroke-dasharray': series.dash,
        }),
      );
    else if (series)
      parts.push(
        element('rect', {
          ...box,
          fill: series.color,
          stroke: series.draw === 'area' ? 'black' : undefined,
          'stroke-width': 0.5,
          'stroke-opacity': 0.55,
        }),
      );
    parts.push(
      richText(entry.text, {
        x: x + width + 6,
        y: middle + sizes.legend * 0.36,
        size: sizes.legend,
        className: 'ink-fill entry',
      }),
    );
  }
  return element('g', { class: 'legend' }, parts.join(''));
}
