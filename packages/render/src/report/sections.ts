import { graphSvg, OUTCOMES } from '../graph/svg.ts';
import type { Html } from './html.ts';
import { bytesText, countText, durationText, embedded, html, raw } from './html.ts';
import type { OriginFile, ReportData, Timing } from './types.ts';

/** Failures with what helps, then warnings. */
export function problemsSection(data: ReportData): Html | undefined {
  const failures = data.timings.flatMap((timing) => timing.errors);
  const lost = data.timings.filter((timing) => timing.outcome === 'running').map((timing) => timing.family);
  if (failures.length + data.warnings.length + data.problems.length + lost.length === 0) return undefined;
  return html`${failures.slice(0, 50).map(
    ({ task, error }) =>
      html`<div class="problem"><b class="failed">✗ ${task}</b> <span class="mono">${error.code}</span><br>${error.message}${error.help ? html`<br><span class="quiet">${error.help}</span>` : ''}${
        error.where
          ? html`<br><span class="quiet mono">${Object.entries(error.where)
              .map(([key, value]) => `${key}: ${value}`)
              .join(', ')}</span>`
          : ''
      }</div>`,
  )}${failures.length > 50 ? html`<p class="quiet">and ${failures.length - 50} more in events.jsonl</p>` : ''}${lost.map((family) => html`<div class="problem warning"><b>${family}</b> did not finish</div>`)}${data.warnings
    .slice(0, 100)
    .map(
      ({ message, task }) =>
        html`<div class="problem warning">${task ? html`<b>${task}</b>: ` : ''}${message}</div>`,
    )}${data.problems.map((problem) => html`<div class="problem warning">${problem}</div>`)}`;
}

/** The graph by outcome, with the details of each node for the page's script. */
export function graphSection(data: ReportData): Html | undefined {
  const { graph } = data;
  if (!graph || graph.nodes.length === 0) return undefined;
  const details = Object.fromEntries(graph.nodes.map((node) => [node.id, nodeDetails(data, node.id)]));
  const notes = Object.fromEntries(
    Object.entries(data.nodeTimings).map(([node, list]) => [
      node,
      [durationText(sum(list, (one) => one.milliseconds))],
    ]),
  );
  const svg = graphSvg(graph, { outcomes: data.outcomes, notes });
  const used = new Set(Object.values(data.outcomes));
  return html`<div class="card"><div class="legend-row">${Object.values(OUTCOMES)
    .filter((outcome) => used.has(outcome.word as keyof typeof OUTCOMES))
    .map(
      (outcome) => html`<span class="${outcome.word}">${outcome.sign} ${outcome.word}</span>`,
    )}<span>blue lines: rows; grey: results; click a task for its arguments</span><span class="tools"><button type="button" id="graph-whole" aria-pressed="false">fit width</button><button type="button" id="graph-save">SVG</button></span></div>
<div id="graph-view">${raw(svg)}</div><div id="graph-side" aria-live="polite"></div>
<script type="application/json" id="graph-data">${embedded(details)}</script></div>`;
}

function nodeDetails(data: ReportData, id: string): [string, string][] {
  const node = data.graph!.nodes.find((one) => one.id === id)!;
  const lines: [string, string][] = [['operator', node.operator]];
  if (data.outcomes[id]) lines.push(['outcome', data.outcomes[id]]);
  const description = node.control.description;
  if (typeof description === 'string') lines.push(['description', description]);
  lines.push(['arguments', JSON.stringify(node.args, null, 1)]);
  const inputs = node.inputs.map(
    (input) => `${input.node}.${input.output}${input.order ? ' (order only)' : ''}`,
  );
  if (inputs.length > 0) lines.push(['reads', inputs.join(', ')]);
  const fields = Object.keys(node.reads ?? {});
  if (fields.length > 0) lines.push(['fields read', fields.join(', ')]);
  if (node.makes?.length) lines.push(['fields made', node.makes.join(', ')]);
  const gives = Object.entries(node.outputs).map(([name, output]) =>
    name === output.type ? name : `${name} (${output.type})`,
  );
  if (gives.length > 0) lines.push(['gives', gives.join(', ')]);
  const list = data.nodeTimings[id] ?? [];
  if (list.length > 0)
    lines.push([
      'time',
      `${durationText(sum(list, (one) => one.milliseconds))} in ${sum(list, (one) => one.tasks)} tasks (${list.map((one) => one.family).join(', ')})`,
    ]);
  const origin = originOf(data, node.source);
  if (origin) lines.push(['written in', `${origin.file}:${origin.line}:${origin.column}`]);
  const files = data.products.filter((product) => product.node === id).flatMap((product) => product.files);
  if (files.length > 0) lines.push(['files', files.join(', ')]);
  return lines;
}

function originOf(data: ReportData, pointer: string): OriginFile | undefined {
  return data.definition?.keyOrigins?.[pointer] ?? data.definition?.origins?.[pointer];
}

/** Bars from first start to last end of each family of tasks, with its work. */
export function timingsSection(data: ReportData): Html | undefined {
  const list = data.timings.filter((timing) => timing.tasks > 0);
  if (list.length === 0) return undefined;
  const starts = list.flatMap((timing) => timing.from ?? []);
  const ends = list.flatMap((timing) => timing.to ?? []);
  const start = starts.length > 0 ? Math.min(...starts) : 0;
  const span = Math.max(1, (ends.length > 0 ? Math.max(...ends) : start) - start);
  return html`<div class="card scroll"><table><thead><tr><th scope="col">tasks</th><th scope="col">kind</th><th scope="col">outcome</th><th scope="col" class="num">number</th><th scope="col" class="num">work</th><th scope="col" class="num">rows</th><th scope="col" class="num">read</th><th scope="col">when (${durationText(span)} in all)</th></tr></thead><tbody>${list
    .slice(0, 500)
    .map((timing) => timingRow(timing, start, span))}</tbody></table></div>`;
}

function timingRow(timing: Timing, start: number, span: number): Html {
  const sign = timing.outcome === 'running' ? '' : OUTCOMES[timing.outcome].sign;
  const ran = timing.from !== undefined && timing.to !== undefined;
  const left = ran ? (100 * (timing.from! - start)) / span : 0;
  const width = ran ? Math.min(100 - left, (100 * (timing.to! - timing.from!)) / span) : 0;
  return html`<tr><th scope="row">${timing.family}</th><td>${timing.kind}</td><td class="${timing.outcome}">${sign} ${timing.outcome}</td><td class="num">${timing.tasks}</td><td class="num">${durationText(timing.milliseconds)}</td><td class="num">${timing.rows ? countText(timing.rows) : ''}</td><td class="num">${timing.bytes ? bytesText(timing.bytes) : ''}</td><td class="time">${ran ? html`<i style="left:${left.toFixed(2)}%;width:${width.toFixed(2)}%"></i>` : ''}</td></tr>`;
}

/** Files that were read, with size, rows and identity by content; and those that were left out. */
export function inputsSection(data: ReportData): Html | undefined {
  const rows: Html[] = [];
  for (const [source, facts] of Object.entries(data.facts?.sources ?? {}))
    for (const dataset of facts.datasets) {
      const name = Object.values(dataset.labels).join(', ');
      for (const file of dataset.files) {
        const entries = Object.entries(file.entries ?? {});
        const counts = entries
          .map(([port, n]) => (entries.length > 1 ? `${port}: ${countText(n)}` : countText(n)))
          .join(', ');
        rows.push(
          html`<tr><td>${source}</td><td>${name}</td><td class="mono">${file.path}</td><td class="num">${bytesText(file.size)}</td><td class="num">${counts}</td><td class="mono" title="${file.identity}">${file.identity.slice(0, 16)}${file.identity.length > 16 ? '…' : ''}</td></tr>`,
        );
      }
      for (const file of dataset.skipped ?? [])
        rows.push(
          html`<tr class="partial"><td>${source}</td><td>${name}</td><td class="mono">${file.path}</td><td colspan="3">left out: ${file.reason}</td></tr>`,
        );
    }
  if (rows.length === 0)
    for (const file of data.provenance.inputs ?? [])
      rows.push(
        html`<tr><td></td><td>${file.dataset ?? ''}</td><td class="mono">${file.path}</td><td class="num">${bytesText(file.size)}</td><td></td><td class="mono" title="${file.identity}">${file.identity.slice(0, 16)}</td></tr>`,
      );
  if (rows.length === 0) return undefined;
  return html`<div class="card scroll tall"><table><thead><tr><th scope="col">task</th><th scope="col">dataset</th><th scope="col">file</th><th scope="col" class="num">size</th><th scope="col" class="num">rows</th><th scope="col">content</th></tr></thead><tbody>${rows.slice(0, 2000)}</tbody></table>${rows.length > 2000 ? html`<p class="quiet">and ${rows.length - 2000} more in facts.json</p>` : ''}</div>`;
}

/** Versions, host, commit, command. */
export function provenanceSection(data: ReportData): Html | undefined {
  const from = data.provenance;
  const pairs: [string, string | undefined][] = [
    ['command', from.command?.join(' ')],
    ['folder', from.folder],
    ['commit', from.commit],
    ['started', from.started],
    ['ended', from.ended],
    ...Object.entries(from.versions ?? {}).map(([name, version]): [string, string] => [name, version]),
    ...Object.entries(from.host ?? {}).map(([key, value]): [string, string] => [
      `host ${key}`,
      key === 'memory' && typeof value === 'number' ? bytesText(value) : String(value),
    ]),
  ];
  const known = pairs.filter(([, value]) => value !== undefined && value !== '');
  if (known.length === 0) return undefined;
  return html`<div class="card"><dl>${known.map(([key, value]) => html`<dt>${key}</dt><dd class="mono">${value}</dd>`)}</dl></div>`;
}

function sum<T>(list: readonly T[], of: (one: T) => number): number {
  return list.reduce((total, one) => total + of(one), 0);
}
