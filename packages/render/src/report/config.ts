import type { Json } from '@fasthep/flow';
import type { Html } from './html.ts';
import { html } from './html.ts';
import type { ConfigFile, OriginFile } from './types.ts';

/** More leaves than this are left to config.json. */
const MOST = 3000;

/** Every value of the config with the place it was written at, and what it beat; searchable. */
export function configTable(config: ConfigFile): Html {
  const leaves: { path: string; value: string; origin?: OriginFile }[] = [];
  walk(config.value, '', '', config.origins, leaves);
  const shown = leaves.slice(0, MOST);
  const folder = commonFolder(Object.values(config.origins).map((origin) => origin.file));
  return html`<p><label>Find <input type="search" id="config-search" placeholder="key, value or file"></label> <span id="config-count" class="quiet">${leaves.length} values</span>${folder ? html` <span class="quiet">files in <span class="mono">${folder}</span></span>` : ''}</p>
<div class="scroll tall"><table class="config" id="config-table"><thead><tr><th scope="col">key</th><th scope="col">value</th><th scope="col">from</th></tr></thead>
<tbody>${shown.map(
    ({ path, value, origin }) =>
      html`<tr><th scope="row">${path}</th><td>${value}</td><td class="from">${origin ? place(origin, folder) : ''}${(origin?.via ?? []).map((one) => html`<br><span class="quiet">over ${place(one, folder)}</span>`)}</td></tr>`,
  )}</tbody></table></div>${leaves.length > MOST ? html`<p class="quiet">and ${leaves.length - MOST} more in config.json</p>` : ''}`;
}

/** The folder that all files lie in, with its last slash; what is said in front of every place says nothing. */
function commonFolder(files: readonly string[]): string {
  const paths = [...new Set(files)].filter((file) => !file.startsWith('<'));
  if (paths.length === 0) return '';
  let common = paths[0]!.slice(0, paths[0]!.lastIndexOf('/') + 1);
  for (const path of paths)
    while (common !== '' && !path.startsWith(common))
      common = common.slice(0, common.lastIndexOf('/', common.length - 2) + 1);
  return common;
}

function place(origin: OriginFile, folder: string): string {
  if (origin.word !== undefined) return `command line: ${origin.word}`;
  return `${origin.file.startsWith(folder) ? origin.file.slice(folder.length) : origin.file}:${origin.line}:${origin.column}`;
}

function walk(
  value: Json,
  path: string,
  pointer: string,
  origins: Record<string, OriginFile>,
  leaves: { path: string; value: string; origin?: OriginFile }[],
): void {
  if (leaves.length > MOST * 2) return;
  const plainList = Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null);
  if (typeof value !== 'object' || value === null || plainList || Object.keys(value).length === 0) {
    const origin = nearestOrigin(pointer, origins);
    leaves.push({
      path: path || '(all)',
      value: typeof value === 'string' ? value : JSON.stringify(value),
      ...(origin ? { origin } : {}),
    });
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    const step = Array.isArray(value) ? `[${key}]` : path === '' ? key : `.${key}`;
    walk(item, path + step, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, origins, leaves);
  }
}

function nearestOrigin(pointer: string, origins: Record<string, OriginFile>): OriginFile | undefined {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    if (Object.hasOwn(origins, at)) return origins[at];
    if (at === '') return undefined;
  }
}
