import { ExpressionError, names, parse } from '@fasthep/expression';
import { type Arguments, type Json, type JsonObject, replace, sourced } from '@fasthep/flow';
import { isMap } from '../shared/maps.ts';
import type { Context, Stage } from './context.ts';
import { translate } from './expressions.ts';

/** An expression of the packages as one of ours, with the first part of its names changed where `to` says so. */
function renamed(text: string, to: (name: string) => string | undefined): string {
  const { text: ours } = translate(text);
  try {
    const edits = names(parse(ours)).flatMap(({ start, parts }) => {
      const [first] = parts as [string];
      const other = to(first);
      return other === undefined ? [] : [{ start, end: start + first.length, text: other }];
    });
    return replace(ours, edits).text;
  } catch (error) {
    // What cannot be read is told where it is used.
    if (error instanceof ExpressionError) return ours;
    throw error;
  }
}

/** Fields of an expression relative to a collection, as flat fields of the stream. */
const inside = (text: string, collection: string): string => renamed(text, (name) => `${collection}_${name}`);

const texts = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);
const all = (conditions: readonly string[]): string => conditions.map((one) => `(${one})`).join(' and ');

/** Fields of the stream that a stage makes, and the expressions behind them. */
export type Fields = { [name: string]: Arguments };

/** Reads the parameters of a stage; undefined where they are wrong, which is told. */
type Lower = (context: Context, stage: Stage) => Fields | undefined;

const required = (context: Context, stage: Stage, name: string): string => {
  const value = stage.params[name];
  if (typeof value === 'string' && value !== '') return value;
  context.build.wrong(`stage '${stage.id}' needs '${name}', a name`, `${stage.at}/params`);
  return name;
};

/** `sort` of a stage: by which field, and whether the smallest comes first. */
function orderOf(value: Json | undefined, fallback?: { by: string; order: string }) {
  const given = value === undefined || value === null ? fallback : value;
  if (!isMap(given as Json) || (given as JsonObject).by === undefined) return undefined;
  const { by, order } = given as JsonObject;
  return { by: String(by), ascending: order === undefined ? undefined : order === 'ascending' };
}

/**
 * The lists of a collection in the order of a key. Keys go in as they are, or negated, because equal ones keep their
 * order only in ascending order.
 */
const sorted = (text: string, key: string, ascending: boolean): string =>
  `${text}[argsort(${ascending ? key : `-(${key})`})]`;

/** `hep.select_objects`: the objects of a collection that pass, in order, with the fields that are kept. */
export const selectObjects: Lower = (context, stage) => {
  const { build } = context;
  const { params } = stage;
  const at = `${stage.at}/params`;
  build.keys(
    params,
    at,
    ['collection', 'output', 'selection', 'keep', 'derived', 'sort', 'missing_fields', 'legacy'],
    `params of '${stage.id}'`,
  );
  const collection = required(context, stage, 'collection');
  const output = required(context, stage, 'output');
  const keep = texts(params.keep);
  if (keep.length === 0) {
    build.wrong(`stage '${stage.id}' needs 'keep', the fields of its objects`, at);
    return undefined;
  }
  if (params.missing_fields === 'ignore')
    build.lost('a field that is not there is an error, even where missing_fields says ignore', at, undefined);
  const derived = isMap(params.derived) ? params.derived : {};
  const own = (field: string) =>
    derived[field] === undefined
      ? `${collection}_${field}`
      : `(${inside(String(derived[field]), collection)})`;
  const conditions = texts(params.selection).map((text) => inside(text, collection));
  const mask = `${stage.id}_mask`;
  const made: Fields = {};
  const place = (text: string, key: string) => sourced(text, `${at}/${key}`, [[0, 0]]);
  if (conditions.length > 0) made[mask] = place(all(conditions), 'selection');
  const chosen = (text: string) => (conditions.length > 0 ? `${text}[${mask}]` : text);
  const order = params.sort === false ? undefined : orderOf(params.sort, { by: 'pt', order: 'descending' });
  const key = order && chosen(own(order.by));
  for (const field of keep) {
    const list = chosen(own(field));
    const text = key === undefined ? list : sorted(list, key, order?.ascending ?? false);
    made[`${output}_${field}`] = place(text, 'keep');
  }
  made[`n${output}`] = place(`num(${chosen(own(keep[0]!))})`, 'keep');
  return made;
};

/** Fields of a collection that are named anywhere in the workflow: which ones a file has is not known here. */
function fieldsOf({ build }: Context, collection: string): string[] {
  const text = JSON.stringify(build.config.value);
  const found = [...text.matchAll(/\b\w+\b/g)].flatMap(([word]) =>
    word.startsWith(`${collection}_`) ? [word.slice(collection.length + 1)] : [],
  );
  return [...new Set(found)].filter((field) => field !== 'removed' && !field.startsWith('removed_')).sort();
}

/** `hep.clean`: objects that are not near those of other collections. */
export const clean: Lower = (context, stage) => {
  const { build } = context;
  const { params } = stage;
  const at = `${stage.at}/params`;
  const known = [
    'source',
    'clean_against',
    'output',
    'metric',
    'min_delta_r',
    'mode',
    'sort_by',
    'sort_order',
  ];
  build.keys(params, at, [...known, 'diagnostics', 'fields'], `params of '${stage.id}'`);
  const source = required(context, stage, 'source');
  const against = texts(params.clean_against);
  if (against.length === 0)
    build.wrong(`stage '${stage.id}' needs 'clean_against', a list of collections`, at);
  const output = typeof params.output === 'string' ? params.output : `cleaned_${source}`;
  const least = String(params.min_delta_r ?? 0.4);
  const place = (text: string, key: string) => sourced(text, `${at}/${key}`, [[0, 0]]);
  const lonely = `${stage.id}_lonely`;
  const far = against.map((other) => `nearest(${source}, ${other}, ${least}) is None`);
  const made: Fields = { [lonely]: place(all(far), 'clean_against') };
  const { sort_by: by } = params;
  const ascending = params.sort_order === 'ascending';
  const flat = (name: string, mask: string) => {
    for (const field of [...new Set(['eta', 'phi', ...texts(params.fields), ...fieldsOf(context, name)])]) {
      const list = `${source}_${field}[${mask}]`;
      const key = `${source}_${String(by)}[${mask}]`;
      const text = typeof by === 'string' && name === output ? sorted(list, key, ascending) : list;
      made[`${name}_${field}`] = place(text, 'source');
    }
  };
  const count = (name: string, mask: string) => {
    made[name] = place(`count_nonzero(${mask})`, 'source');
  };
  const diagnostics = isMap(params.diagnostics) ? params.diagnostics : {};
  if (diagnostics.keep_removed === true) flat(`${output}_removed`, `not ${lonely}`);
  flat(output, lonely);
  count(`n${output}`, lonely);
  const removed = diagnostics.removed_count ?? `nremoved_${output}`;
  if (typeof removed === 'string') count(removed, `not ${lonely}`);
  return made;
};

/** Components of a candidate. */
const VECTOR = ['pt', 'eta', 'phi', 'mass'];

/** `hep.build_pairs`: pairs of objects that pass, with the sum of the two. */
export const buildPairs: Lower = (context, stage) => {
  const { build } = context;
  const { params } = stage;
  const at = `${stage.at}/params`;
  const known = ['collections', 'output', 'pair', 'selection', 'sort', 'keep', 'legacy'];
  build.keys(params, at, known, `params of '${stage.id}'`);
  const collections = texts(params.collections);
  const output = required(context, stage, 'output');
  const keep = isMap(params.keep) ? params.keep : {};
  if (collections.length === 0 || !isMap(params.keep)) {
    build.wrong(`stage '${stage.id}' needs 'collections' and 'keep: {candidate, constituents}'`, at);
    return undefined;
  }
  const selection = isMap(params.selection) ? params.selection : {};
  const place = (text: string, key: string) => sourced(text, `${at}/${key}`, [[0, 0]]);
  const [pair, near] = [`${stage.id}_pair`, `${stage.id}_passing`];
  const objects = collections.length === 1 ? collections[0]! : `concat(${collections.join(', ')})`;
  const made: Fields = { [pair]: place(`combinations(${objects}, 2)`, 'collections') };
  const members = (text: string) =>
    renamed(text, (name) => {
      const [, n, field] = /^lepton_([12])_(\w+)$/.exec(name) ?? [];
      return field === undefined ? undefined : `${pair}.${Number(n) - 1}.${field}`;
    });
  const candidate = (text: string, of: string) =>
    renamed(text, (name) => (VECTOR.includes(name) ? `${name}(${of}.0 + ${of}.1)` : undefined));
  const conditions = [
    ...texts(selection.pair).map(members),
    ...texts(selection.candidate).map((text) => candidate(text, pair)),
  ];
  const passing = conditions.length > 0 ? near : pair;
  if (conditions.length > 0) made[near] = place(`${pair}[${all(conditions)}]`, 'selection');
  const order = params.sort === false ? undefined : orderOf(params.sort);
  const ordered = `${stage.id}_ordered`;
  if (order) {
    const key = candidate(order.by, passing);
    made[ordered] = place(sorted(passing, key, order.ascending ?? true), 'sort');
  }
  const last = order ? ordered : passing;
  made[`n${output}_Z`] = place(`num(${last})`, 'keep');
  for (const field of texts(keep.candidate))
    made[`${output}_Z_${field}`] = place(`${field}(${last}.0 + ${last}.1)`, 'keep/candidate');
  for (const n of [1, 2])
    for (const field of texts(keep.constituents))
      made[`${output}_lepton_${n}_${field}`] = place(`${last}.${n - 1}.${field}`, 'keep/constituents');
  return made;
};

/** `hep.weights.pdf_envelope`: the largest and the smallest of the weights of each event. */
export const pdfEnvelope: Lower = (context, stage) => {
  const { params } = stage;
  const at = `${stage.at}/params`;
  context.build.keys(params, at, ['inputs', 'outputs'], `params of '${stage.id}'`);
  const inputs = required(context, stage, 'inputs');
  const outputs = isMap(params.outputs) ? params.outputs : {};
  const made: Fields = {};
  for (const [word, reduction] of [
    ['up', 'max'],
    ['down', 'min'],
  ] as const)
    if (typeof outputs[word] === 'string')
      made[outputs[word]] = sourced(`${reduction}(${inputs})`, `${at}/outputs/${word}`, [[0, 0]]);
  return made;
};
