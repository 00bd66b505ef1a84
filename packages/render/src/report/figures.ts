import { drawFigure } from '../draw/figure.ts';
import { readFigure } from '../draw/read.ts';
import type { Figure } from '../figure/types.ts';
import type { Html } from './html.ts';
import { embedded, html, raw } from './html.ts';
import type { ReportData } from './types.ts';

/** All figures, each drawn with its scale as it was asked for and with the other one. */
export function figureCards(figures: ReportData['figures']): Html {
  return html`<div class="figures">${figures.map((figure, index) => card(figure, index))}</div>`;
}

function card({ name, file, svg }: ReportData['figures'][number], index: number): Html {
  const figure = readFigure(svg);
  const id = `figure-${index}`;
  if (!figure)
    // Somebody else's SVG is shown as an image, which cannot run anything.
    return html`<figure class="card" id="${id}"><div class="plot"><img alt="${name}" src="data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}"></div><figcaption>${file}</figcaption></figure>`;
  const [own, other] = bothScales(figure);
  const axis = figure.map ? 'colours' : 'y';
  const log = figure.map ? figure.map.z.log : figure.y.log;
  return html`<figure class="card" id="${id}" data-name="${name}">
<div class="plot"><div class="variant">${raw(own)}</div><div class="variant" hidden>${raw(other)}</div></div>
<figcaption><span class="name">${file}</span><span class="tools"><button type="button" class="log" aria-pressed="${log ? 'true' : 'false'}" title="Logarithmic ${axis}">log</button><button type="button" class="get" data-kind="svg">SVG</button><button type="button" class="get" data-kind="json">JSON</button></span></figcaption>
<script type="application/json">${embedded(figure)}</script></figure>`;
}

/** The figure as asked for, and with the scale of its contents the other way. */
function bothScales(figure: Figure): [string, string] {
  const { y } = figure;
  const other: Figure = figure.map
    ? { ...figure, map: { ...figure.map, z: { ...figure.map.z, log: !figure.map.z.log, range: undefined } } }
    : // A range for one scale rarely suits the other.
      { ...figure, y: { ...y, log: !y.log, range: undefined } };
  return [drawInline(figure), drawInline(other)];
}

/** Inside the page: scales with its column, keeps its proportions. */
function drawInline(figure: Figure): string {
  const [width] = figure.look.size;
  return drawFigure(figure, { embed: false })
    .replace(/ width="[\d.]+" height="[\d.]+"/u, ` style="max-width:${Math.round(width)}px"`)
    .replace(/ xmlns="[^"]*"/u, '');
}
