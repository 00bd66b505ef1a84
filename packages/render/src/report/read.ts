/** The one place that knows the files of a run directory. */
import type { Definition, Event, Facts, Graph, Json, Plan } from '@fasthep/flow';
import type { TableCell, TableView } from '../figure/table.ts';
import { timingsOf } from './timings.ts';
import type { ConfigFile, ProductEntry, ProvenanceFile, ReportData, RunDirectoryReader } from './types.ts';

/** Rows of a table that are shown. */
const MOST_ROWS = 200;

/** Reads a run directory. Missing files leave their part of the report out; broken ones are named. */
export function readRun(run: RunDirectoryReader): ReportData {
  const problems: string[] = [];
  const json = <T>(name: string): T | undefined => {
    const text = run.text(name);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as T;
    } catch {
      problems.push(`${name} is not JSON`);
      return undefined;
    }
  };
  const events = readEvents(run.text('events.jsonl') ?? '');
  const graph = json<Graph>('graph.json');
  const plan = json<Plan>('plan.json');
  const definition = json<Definition>('definition.json');
  const config = json<ConfigFile>('config.json');
  const provenance = json<ProvenanceFile>('provenance.json') ?? {};
  const facts = json<Facts>('facts.json');
  const products = json<ProductEntry[]>('products.json') ?? fromEvents(events);
  const end = events.findLast((event) => event.type === 'run-end');
  const start = events.find((event) => event.type === 'run-start');
  const { timings, outcomes, nodeTimings } = timingsOf(events, plan, graph);
  return {
    name: provenance.workflow ?? start?.workflow ?? graph?.name ?? 'run',
    ...(run.path ? { path: run.path } : {}),
    outcome: end?.outcome ?? provenance.outcome ?? 'interrupted',
    partial: !!plan?.partial,
    provenance,
    ...(config ? { config: withoutSecrets(config, definition?.settings?.secrets ?? []) } : {}),
    ...(definition ? { definition } : {}),
    ...(graph ? { graph } : {}),
    ...(plan ? { plan } : {}),
    ...(facts ? { facts } : {}),
    events,
    timings,
    outcomes,
    nodeTimings,
    products,
    tables: tablesOf(run, products, problems),
    figures: figuresOf(run, products),
    warnings: events.flatMap((event) =>
      event.type === 'log' && event.level !== 'info'
        ? [{ level: event.level, message: event.message, ...(event.task ? { task: event.task } : {}) }]
        : [],
    ),
    problems,
  };
}

function readEvents(text: string): Event[] {
  const events: Event[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    try {
      events.push(JSON.parse(line) as Event);
    } catch {
      // The last line of a run that was killed.
    }
  }
  return events;
}

/** Without an index the journal says which files were published. */
function fromEvents(events: readonly Event[]): ProductEntry[] {
  const byName = new Map<string, ProductEntry>();
  for (const event of events) {
    if (event.type !== 'publish') continue;
    const name = event.path.replace(/\.[^./]+$/u, '');
    const entry = byName.get(name) ?? { name, node: event.task, port: '', type: 'files', files: [] };
    if (!entry.files.includes(event.path)) entry.files.push(event.path);
    byName.set(name, entry);
  }
  return [...byName.values()];
}

function tablesOf(
  run: RunDirectoryReader,
  products: readonly ProductEntry[],
  problems: string[],
): ReportData['tables'] {
  return products.flatMap((product) => {
    if (product.type !== 'table' && product.type !== 'report') return [];
    const file = product.files.find((name) => name.endsWith('.json'));
    const text = file && run.text(file);
    if (!text) return [];
    try {
      const { table, more } = tableOf(product.name, JSON.parse(text));
      return [{ product, table, more }];
    } catch {
      problems.push(`${file} is not a table`);
      return [];
    }
  });
}

/** A table as JSON: a list of rows, or a map of columns. */
function tableOf(name: string, json: unknown): { table: TableView; more: number } {
  const columns: Record<string, TableCell[]> = {};
  let length = 0;
  if (Array.isArray(json)) {
    length = json.length;
    const rows = json.slice(0, MOST_ROWS) as Record<string, unknown>[];
    for (const key of new Set(rows.flatMap((row) => Object.keys(row))))
      columns[key] = rows.map((row) => cell(row[key]));
  } else if (typeof json === 'object' && json !== null) {
    for (const [key, values] of Object.entries(json)) {
      if (!Array.isArray(values)) throw new TypeError('not a column');
      length = Math.max(length, values.length);
      columns[key] = values.slice(0, MOST_ROWS).map(cell);
    }
  } else throw new TypeError('not a table');
  return { table: { name, columns }, more: Math.max(0, length - MOST_ROWS) };
}

function cell(value: unknown): TableCell {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}

function figuresOf(run: RunDirectoryReader, products: readonly ProductEntry[]): ReportData['figures'] {
  return products.flatMap((product) =>
    product.files
      .filter((file) => file.endsWith('.svg'))
      .flatMap((file) => {
        const svg = run.text(file);
        if (!svg) return [];
        const json = file.replace(/\.svg$/u, '.json');
        return [
          { name: file.replace(/\.svg$/u, ''), file, svg, ...(product.files.includes(json) ? { json } : {}) },
        ];
      }),
  );
}

/** Values of secret keys stay out of the report even if a config file has them. */
function withoutSecrets(config: ConfigFile, secrets: readonly string[]): ConfigFile {
  let { value } = config;
  for (const secret of secrets) value = masked(value, secret.split('.'));
  return { ...config, value };
}

function masked(value: Json, path: readonly string[]): Json {
  const [key, ...rest] = path;
  if (key === undefined) return '•••';
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key))
    return value;
  return { ...value, [key]: masked(value[key]!, rest) };
}
