import { nominalOnly } from '../tables/nominal.ts';
import { configTable } from './config.ts';
import { cutflowTable, plainTable } from './cutflow.ts';
import { figureCards } from './figures.ts';
import type { Html } from './html.ts';
import { bytesText, countText, durationText, html, raw } from './html.ts';
import { readRun } from './read.ts';
import { SCRIPT } from './script.ts';
import {
  graphSection,
  inputsSection,
  problemsSection,
  provenanceSection,
  timingsSection,
} from './sections.ts';
import { STYLE } from './style.ts';
import type { ReportData, RunDirectoryReader } from './types.ts';

/**
 * One self-contained page of a finished run, made from its directory alone: works offline and asks nothing of the
 * network. Parts whose files are missing are left out; equal directories give equal pages.
 */
export function renderReport(run: RunDirectoryReader): string {
  return reportPage(readRun(run));
}

/** The page of what was read. */
function reportPage(data: ReportData): string {
  const sections = sectionsOf(data);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:">
<title>${data.name}: ${data.outcome}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<nav aria-label="Sections"><strong>${data.name}</strong>${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}<button type="button" id="theme" hidden>light / dark</button></nav>
<main id="content">
${header(data)}
${sections.map(({ id, title, body }) => html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${body}</section>`)}
<footer>Made by fasthep-flow from the run directory${data.path ? html` <span class="mono">${data.path}</span>` : ''}.</footer>
</main>
<div id="tip" role="tooltip" hidden></div>
<script>${raw(SCRIPT)}</script>
</body>
</html>
`;
  return page.markup;
}

function sectionsOf(data: ReportData): { id: string; title: string; body: Html }[] {
  const reports: Html[] = [];
  const tables: Html[] = [];
  for (const { product, table, more } of data.tables) {
    const { table: nominal, variations } = nominalOnly(table);
    const cutflow = product.type === 'report' ? cutflowTable(nominal) : undefined;
    const all = plainTable(table, more);
    const rest =
      variations > 0
        ? html`<details><summary>nominal; with ${variations} variations</summary>${all}</details>`
        : '';
    const body = cutflow ? html`${cutflow}${rest}` : all;
    const files = product.files.join(', ');
    (product.type === 'report' ? reports : tables).push(
      html`<div class="card"><h3>${product.name}</h3>${body}<p class="quiet">${files}</p></div>`,
    );
  }
  const all: { id: string; title: string; body: Html | undefined }[] = [
    { id: 'problems', title: 'Problems', body: problemsSection(data) },
    { id: 'cutflow', title: 'Cutflow', body: reports.length > 0 ? html`${reports}` : undefined },
    {
      id: 'figures',
      title: 'Figures',
      body: data.figures.length > 0 ? figureCards(data.figures) : undefined,
    },
    { id: 'tables', title: 'Tables', body: tables.length > 0 ? html`${tables}` : undefined },
    { id: 'graph', title: 'Graph', body: graphSection(data) },
    { id: 'timings', title: 'Timings', body: timingsSection(data) },
    { id: 'inputs', title: 'Inputs', body: inputsSection(data) },
    {
      id: 'config',
      title: 'Config',
      body: data.config && html`<div class="card">${configTable(data.config)}</div>`,
    },
    { id: 'files', title: 'Files', body: filesSection(data) },
    { id: 'provenance', title: 'Provenance', body: provenanceSection(data) },
  ];
  return all.flatMap(({ id, title, body }) => (body ? [{ id, title, body }] : []));
}

function filesSection(data: ReportData): Html | undefined {
  const entries = data.products.filter((product) => product.files.length > 0);
  if (entries.length === 0) return undefined;
  return html`<div class="card scroll tall"><table><thead><tr><th scope="col">result</th><th scope="col">type</th><th scope="col">task</th><th scope="col">files</th></tr></thead><tbody>${entries.map(
    ({ name, type, node, files }) =>
      html`<tr><th scope="row">${name}</th><td>${type}</td><td>${node}</td><td>${files.map((file, index) => html`${index > 0 ? ', ' : ''}<a href="./${file.split('/').map(encodeURIComponent).join('/')}">${file}</a>`)}</td></tr>`,
  )}</tbody></table></div>`;
}

function header(data: ReportData): Html {
  const from = data.provenance;
  const run = data.events.find((event) => event.type === 'run-start');
  const end = data.events.findLast((event) => event.type === 'run-end');
  const milliseconds = end?.milliseconds ?? from.milliseconds;
  const total = (of: 'rows' | 'bytes' | 'tasks' | 'reused') =>
    data.timings.reduce((sum, timing) => sum + timing[of], 0);
  const rows = total('rows');
  const failed = data.timings.reduce((sum, timing) => sum + timing.errors.length, 0);
  const started = from.started ?? (run && new Date(run.time).toISOString());
  const tiles: [string, string][] = [];
  if (milliseconds !== undefined) tiles.push([durationText(milliseconds), 'from start to end']);
  tiles.push([
    countText(total('tasks')),
    `tasks${total('reused') > 0 ? `, ${countText(total('reused'))} reused` : ''}`,
  ]);
  if (failed > 0) tiles.push([countText(failed), 'failed']);
  if (rows > 0) tiles.push([countText(rows), 'rows read']);
  if (total('bytes') > 0) tiles.push([bytesText(total('bytes')), 'bytes read']);
  if (rows > 0 && milliseconds)
    tiles.push([`${countText(Math.round(rows / (milliseconds / 1000)))} /s`, 'rows per second']);
  if (data.figures.length > 0)
    tiles.push([String(data.figures.length), data.figures.length === 1 ? 'figure' : 'figures']);
  return html`<h1>${data.name} <span class="badge ${data.outcome}">${data.outcome === 'done' ? '✓ done' : data.outcome === 'failed' ? '✗ failed' : data.outcome}</span>${data.partial ? html`<span class="badge partial" title="limit: took only part of the input">partial: part of the input only</span>` : ''}</h1>
<p class="quiet">${started ? html`<time datetime="${started}">${started.replace('T', ' ').replace(/\.\d+Z$/u, ' UTC')}</time>` : ''}${from.command?.length ? html` · <code>${from.command.join(' ')}</code>` : ''}</p>
<div class="tiles">${tiles.map(([value, label]) => html`<div class="tile"><b>${value}</b><span>${label}</span></div>`)}</div>`;
}
