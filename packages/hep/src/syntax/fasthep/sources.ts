import { type Arguments, type Json, type JsonObject, sourced } from '@fasthep/flow';
import { catalogue } from '../shared/catalogue.ts';
import { isMap } from '../shared/maps.ts';
import type { Context } from './context.ts';
import { expression } from './expressions.ts';

const KEYS = [
  'kind',
  'tree',
  'branches',
  'missing_branches',
  'stream_type',
  'start',
  'stop',
  'metadata_only',
  'format',
  'nevents',
  'seed',
  'dataset',
  'eventtype',
  'event_type',
  'weight',
];
const KINDS: Record<string, string | undefined> = {
  root_tree: undefined,
  'workshop.parquet': 'parquet',
  parquet: 'parquet',
};

/** `data`, `sources` and `joins` as tasks that read. */
export function readSources(context: Context, top: JsonObject): void {
  const { build } = context;
  const data = isMap(top.data) ? top.data : {};
  if (isMap(top.data)) build.keys(top.data, '/data', ['datasets', 'defaults'], "'data'");
  const datasets = catalogue(
    build,
    data.datasets ?? top.datasets,
    data.defaults,
    data.datasets ? '/data/datasets' : '/datasets',
    'tree_primary',
  );
  if (!datasets) {
    build.wrong("a workflow needs 'data: {datasets: [...]}'", '/data');
    return;
  }
  const primary =
    isMap(data.defaults) && typeof data.defaults.tree_primary === 'string'
      ? data.defaults.tree_primary
      : 'events';
  const sources = isMap(top.sources) ? top.sources : { events: { kind: 'root_tree', tree: primary } };
  const joins = isMap(top.joins) ? Object.entries(top.joins) : [];
  const names = Object.keys(sources);
  for (const [name, source] of Object.entries(sources)) {
    const at = `/sources/${name}`;
    if (!isMap(source)) {
      build.wrong('a source must be a map with kind and tree', at);
      continue;
    }
    build.keys(source, at, KEYS, `source '${name}'`);
    const kind = String(source.kind ?? 'root_tree');
    if (!Object.hasOwn(KINDS, kind)) {
      build.wrong(
        `there is no counterpart of the source '${kind}'`,
        `${at}/kind`,
        `understood are ${Object.keys(KINDS).join(', ')}`,
        'FLOW-T004',
      );
      continue;
    }
    const args: { [key: string]: Arguments } = { datasets: withoutTree(datasets) };
    if (kind === 'root_tree')
      args.tree = source.tree === undefined ? primary : sourced(source.tree, `${at}/tree`);
    else args.format = KINDS[kind]!;
    if (source.start !== undefined || source.stop !== undefined)
      args.rows = sourced(
        [source.start ?? 0, source.stop ?? Number.MAX_SAFE_INTEGER],
        source.stop === undefined ? `${at}/start` : `${at}/stop`,
      );
    // A join may have the name of what it joins.
    const task = joins.some(([join]) => join === name) ? `${name}_rows` : name;
    build.task({ name: task, operator: 'read', args, at });
    context.rowsOf.set(name, task);
    context.rows = task;
  }
  for (const [name, join] of joins) readJoin(context, name, join, names);
  const stream = typeof top.primary_stream === 'string' ? top.primary_stream : (joins[0]?.[0] ?? names[0]);
  const rows = stream === undefined ? undefined : context.rowsOf.get(stream);
  if (rows !== undefined) context.rows = rows;
}

/** The tree is the source's to say; files without trees have none. */
function withoutTree(datasets: readonly Arguments[]): Arguments[] {
  return datasets.map((dataset) => {
    const { tree: _tree, ...rest } = dataset as { [key: string]: Arguments };
    return rest;
  });
}

function readJoin(context: Context, name: string, join: Json, sources: readonly string[]): void {
  const { build } = context;
  const at = `/joins/${name}`;
  const inputs = isMap(join) && Array.isArray(join.inputs) ? join.inputs.filter(isMap) : [];
  if (!isMap(join) || inputs.length < 2) {
    build.wrong("a join needs 'inputs', a list of {source, prefix}", at);
    return;
  }
  build.keys(join, at, ['kind', 'inputs', 'on_mismatch'], `join '${name}'`);
  if (join.kind !== undefined && join.kind !== 'zip')
    build.wrong(`there is no join of kind '${String(join.kind)}'`, `${at}/kind`, 'zip');
  if (join.on_mismatch !== undefined && join.on_mismatch !== 'error')
    build.lost(
      `on_mismatch: ${String(join.on_mismatch)} is an error, as in the Python packages, which do not have it either`,
      `${at}/on_mismatch`,
    );
  const needs = inputs.map((input, index) => {
    const source = String(input.source);
    if (!sources.includes(source))
      build.wrong(
        `there is no source '${source}'`,
        `${at}/inputs/${index}/source`,
        `there are ${sources.join(', ')}`,
      );
    return {
      task: context.rowsOf.get(source) ?? source,
      as: index === 0 ? 'left' : String(input.prefix ?? source),
    };
  });
  context.left = String(inputs[0]!.prefix ?? inputs[0]!.source);
  const args = Object.fromEntries(
    needs.slice(1).map((need, index) => [need.as, sourced('entry', `${at}/inputs/${index + 1}`)]),
  );
  build.task({ name, operator: 'join', args, needs, at });
  context.rowsOf.set(name, name);
}

/** `fields`: other names of branches. */
export function readFields(context: Context, fields: Json | undefined): void {
  const { build } = context;
  if (!isMap(fields)) return;
  const args: { [name: string]: Arguments } = {};
  for (const [alias, field] of Object.entries(fields)) {
    const at = `/fields/${alias}`;
    if (!isMap(field) || typeof field.branch !== 'string') {
      build.wrong("a field needs 'branch'", at);
      continue;
    }
    build.keys(field, at, ['stream', 'branch'], `field '${alias}'`);
    const plain = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(field.branch);
    const made = plain
      ? expression(field.branch, `${at}/branch`, context.left)
      : sourced(`\`${field.branch}\``, `${at}/branch`, [[1, 0]]);
    if ((made as { value?: unknown }).value !== alias) args[alias] = made;
  }
  if (Object.keys(args).length === 0) return;
  build.task({ name: 'fields', operator: 'define', args, needs: [context.rows], at: '/fields' });
  for (const [name, rows] of context.rowsOf) if (rows === context.rows) context.rowsOf.set(name, 'fields');
  context.rows = 'fields';
}
