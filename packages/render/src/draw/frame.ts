import type { Figure } from '../figure/types.ts';
import type { Scale } from '../scale/scale.ts';
import { place } from '../scale/scale.ts';
import type { Ticks } from '../scale/ticks.ts';
import { powerText } from '../scale/ticks.ts';
import { element, num, richText } from '../svg/writer.ts';
import { richWidth } from '../text/measure.ts';
import { parseRich } from '../text/rich.ts';
import type { Box } from './geometry.ts';
import type { Layout } from './layout.ts';
import { axisLabel, categoryStride, TURN } from './layout.ts';

/** Frame, ticks inward on all sides, tick labels, axis labels at the ends, and the texts above. */
export function drawFrame(figure: Figure, at: Layout): string {
  const lower = at.ratio ?? at.main;
  const parts = [panelFrame(figure, at, at.main, at.y, at.yTicks)];
  if (at.ratio && at.ratioY && at.ratioTicks)
    parts.push(panelFrame(figure, at, at.ratio, at.ratioY, at.ratioTicks));
  parts.push(xLabels(figure, at, lower), yLabels(figure, at), heading(figure, at));
  return parts.join('\n');
}

function panelFrame(figure: Figure, at: Layout, box: Box, y: Scale, yTicks: Ticks): string {
  const { sizes } = at;
  let path = '';
  const vertical = (value: number, length: number) => {
    const x = place(at.x, value);
    path += `M${num(x)} ${num(box.y1)}v${num(-length)}M${num(x)} ${num(box.y0)}v${num(length)}`;
  };
  const horizontal = (value: number, length: number) => {
    const pixel = place(y, value);
    path += `M${num(box.x0)} ${num(pixel)}h${num(length)}M${num(box.x1)} ${num(pixel)}h${num(-length)}`;
  };
  for (const value of at.xTicks.major) vertical(value, sizes.major);
  for (const value of at.xTicks.minor) vertical(value, sizes.minor);
  if (!at.yCategories) {
    for (const value of yTicks.major) horizontal(value, sizes.major);
    for (const value of yTicks.minor) horizontal(value, sizes.minor);
  }
  return (
    element('path', { class: 'ink', d: path, stroke: 'black', 'stroke-width': 1, fill: 'none' }) +
    element('rect', {
      class: 'ink frame',
      x: box.x0,
      y: box.y0,
      width: box.x1 - box.x0,
      height: box.y1 - box.y0,
      fill: 'none',
      stroke: 'black',
      'stroke-width': figure.look.size[0] < 400 ? 1 : 1.4,
    })
  );
}

/** Lines at the major ticks, under everything. */
export function drawGrid(at: Layout): string {
  let path = '';
  for (const value of at.xTicks.major)
    path += `M${num(place(at.x, value))} ${num(at.main.y0)}V${num(at.main.y1)}`;
  for (const value of at.yTicks.major)
    path += `M${num(at.main.x0)} ${num(place(at.y, value))}H${num(at.main.x1)}`;
  return element('path', {
    d: path,
    stroke: '#888888',
    'stroke-opacity': 0.3,
    'stroke-width': 1,
    fill: 'none',
  });
}

function xLabels(figure: Figure, at: Layout, box: Box): string {
  const { sizes } = at;
  const parts: string[] = [];
  const base = box.y1 + sizes.tick * 1.3;
  for (const [index, value] of at.xTicks.major.entries())
    parts.push(
      richText(at.xTicks.labels[index]!, {
        x: place(at.x, value),
        y: base,
        size: sizes.tick,
        anchor: 'middle',
        className: 'ink-fill tick',
      }),
    );
  const names = at.categories;
  if (names) {
    const stride = names.turned ? categoryStride(names.texts.length, box.x1 - box.x0, sizes.tick) : 1;
    for (const [index, name] of names.texts.entries()) {
      if (index % stride !== 0) continue;
      const x = place(at.x, index + 0.5);
      if (x < box.x0 || x > box.x1) continue;
      parts.push(
        names.turned
          ? richText(parseRich(name), {
              x: x + 3,
              y: box.y1 + sizes.tick,
              size: sizes.tick,
              anchor: 'end',
              turn: (-TURN * 180) / Math.PI,
            })
          : richText(parseRich(name), {
              x,
              y: base,
              size: sizes.tick,
              anchor: 'middle',
              className: 'ink-fill tick',
            }),
      );
    }
  }
  const runs = axisLabel(figure.x.label, sizes.label, figure.look.size[0] - 20);
  const y = figure.look.size[1] - sizes.label * 0.55;
  const power = at.xTicks.power;
  const scaled = power === undefined ? [] : powerText(power);
  const width = richWidth(runs, sizes.label);
  // Beside a long label the power of ten stands before it.
  if (power !== undefined)
    parts.push(
      richText(scaled, {
        x: box.x1 - width - 10,
        y,
        size: sizes.tick,
        anchor: 'end',
        className: 'ink-fill power',
      }),
    );
  const end = Math.max(box.x1, width + 10);
  parts.push(
    richText(runs, {
      x: Math.min(end, figure.look.size[0] - 10),
      y,
      size: sizes.label,
      anchor: 'end',
      className: 'ink-fill label',
    }),
  );
  return parts.join('');
}

function yLabels(figure: Figure, at: Layout): string {
  const { sizes, main } = at;
  const parts: string[] = [];
  // A label at the upper end of the ratio panel would lie on the lowest one of the main panel.
  const tickLabels = (ticks: Ticks, scale: Scale, below = Number.NEGATIVE_INFINITY) => {
    for (const [index, value] of ticks.major.entries()) {
      if (place(scale, value) < below) continue;
      parts.push(
        richText(ticks.labels[index]!, {
          x: main.x0 - 6,
          y: place(scale, value) + sizes.tick * 0.36,
          size: sizes.tick,
          anchor: 'end',
          className: 'ink-fill tick',
        }),
      );
    }
  };
  if (at.yCategories)
    for (const [index, name] of at.yCategories.entries())
      parts.push(
        richText(parseRich(name), {
          x: main.x0 - 6,
          y: place(at.y, index + 0.5) + sizes.tick * 0.36,
          size: sizes.tick,
          anchor: 'end',
          className: 'ink-fill tick',
        }),
      );
  else tickLabels(at.yTicks, at.y);
  const x = sizes.label * 1.05;
  // With a ratio panel the label may not run into the panel's own.
  const length = main.y1 - main.y0;
  const room = figure.ratio ? length + 10 : figure.look.size[1] - main.y0 - 6;
  const runs = axisLabel(figure.y.label, sizes.label, room);
  parts.push(
    richText(runs, {
      x,
      y: main.y0,
      size: sizes.label,
      anchor: 'end',
      turn: -90,
      className: 'ink-fill label',
    }),
  );
  if (at.yTicks.power !== undefined)
    parts.push(
      richText(powerText(at.yTicks.power), {
        x: main.x0,
        y: main.y0 - 6,
        size: sizes.tick,
        anchor: headed(figure) ? 'end' : 'start',
        className: 'ink-fill power',
      }),
    );
  if (figure.ratio && at.ratio && at.ratioTicks && at.ratioY) {
    tickLabels(at.ratioTicks, at.ratioY, at.ratio.y0 + sizes.tick * 0.6);
    const label = axisLabel(figure.ratio.label, sizes.label, at.ratio.y1 - at.ratio.y0 + 30);
    const middle = (at.ratio.y0 + at.ratio.y1) / 2;
    parts.push(
      richText(label, {
        x,
        y: middle,
        size: sizes.label * 0.93,
        anchor: 'middle',
        turn: -90,
        className: 'ink-fill label',
      }),
    );
  }
  return parts.join('');
}

function headed(figure: Figure): boolean {
  return !!(figure.look.experiment || figure.look.status);
}

function heading(figure: Figure, at: Layout): string {
  const { look } = figure;
  const { sizes, main } = at;
  const parts: string[] = [];
  const y = main.y0 - sizes.title * 0.42;
  let x = main.x0;
  if (look.experiment) {
    const runs = parseRich(look.experiment).map((run) => ({ ...run, bold: true }));
    parts.push(richText(runs, { x, y, size: sizes.title * 1.15, className: 'ink-fill head' }));
    x += richWidth(runs, sizes.title * 1.15) + sizes.title * 0.45;
  }
  if (look.status) {
    const runs = parseRich(look.status).map((run) => ({ ...run, italic: true }));
    parts.push(richText(runs, { x, y, size: sizes.title * 0.95, className: 'ink-fill head' }));
  }
  if (look.info)
    parts.push(
      richText(parseRich(look.info), {
        x: main.x1,
        y,
        size: sizes.title * 0.9,
        anchor: 'end',
        className: 'ink-fill head',
      }),
    );
  if (look.title) {
    const runs = axisLabel(look.title, sizes.title, look.size[0] - 20);
    parts.push(
      richText(runs, {
        x: look.size[0] / 2,
        y: sizes.title * 1.25,
        size: sizes.title,
        anchor: 'middle',
        bold: true,
        className: 'ink-fill title',
      }),
    );
  }
  return parts.join('');
}
