import { type Histogram, histogramTable, type Table, uhiText } from '@fasthep/columns';
import { didYouMean } from '@fasthep/expression';
import type { JsonObject, NamedValue, Operator, PublishedFile, Registry } from '@fasthep/flow';
import { DataError } from '../../error.ts';
import { formatsOf } from '../../read/index.ts';
import { withoutAttached } from '../../stream/index.ts';
import { concatenated, withKeys } from '../concat.ts';
import { splitHistogram, splitTable } from './split.ts';
import { alternatives, endingOf, filled, placeholders } from './template.ts';
import { type TextColumn, textColumnsSchema, textFields, textTable } from './text.ts';

/** Publishes products as files. */
export const write: Operator = {
  name: 'write',
  semantics: 1,
  doc: 'Write a product, or the rows of the stream, to a file.\n\nThe ending says the format: csv, json, parquet, arrow, txt (a drawn table) for tables, json (UHI) and csv for histograms. `{task}`, `{dataset}`, `{variation}` or the name of a region in `to` make one file for each value; `{csv,json}` writes several formats.',
  examples: ['write: planets.csv', 'write: {to: "{task}_{dataset}.{csv,json}"}'],
  main: 'to',
  parameters: {
    type: 'object',
    properties: {
      to: {
        description: 'File in the run directory.',
        type: 'string',
        minLength: 1,
        examples: ['table.csv', '{task}.json'],
      },
      format: {
        description: 'The format, where the ending does not tell.',
        type: 'string',
        examples: ['csv'],
      },
      fields: { description: 'Only these columns.', type: 'array', items: { type: 'string' }, minItems: 1 },
      columns: textColumnsSchema,
      tree: { description: 'Name of the table in the file, for formats with several.', type: 'string' },
    },
    required: ['to'],
    additionalProperties: false,
  },
  inputs: { input: { type: 'any', many: true } },
  outputs: { files: { type: 'files' } },
  run: {
    kind: 'whole',
    fields: (args) => {
      const { fields, columns } = args as JsonObject;
      return columns === undefined
        ? (fields as string[] | undefined)
        : textFields(columns as (string | TextColumn)[]);
    },
    async apply(args, inputs, { registry }) {
      const files: PublishedFile[] = [];
      for (const template of alternatives(String((args as JsonObject).to)))
        files.push(...(await filesOf(template, args as JsonObject, inputs.input ?? [], registry)));
      return { files };
    },
  },
};

async function filesOf(
  template: string,
  args: JsonObject,
  inputs: readonly NamedValue[],
  registry: Registry,
): Promise<PublishedFile[]> {
  const words = placeholders(template);
  const apart = words.includes('task');
  const files: PublishedFile[] = [];
  for (const { value, member } of productsFor(template, inputs)) {
    for (const { labels, value: part } of partsOf(value, words, registry)) {
      const name = filled(template, { ...keysOf(value), ...labels });
      const missing = placeholders(name).filter((word) => word !== 'task');
      if (missing.length > 0) throw unknownWord(missing[0]!, value);
      const file = apart ? { name, member } : { name };
      if (files.some((one) => one.name === name && one.member === file.member)) continue;
      files.push({ ...file, bytes: await encoded(value.type, part, name, args, registry) });
    }
  }
  return files;
}

/** What goes into files of their own: each product where the name tells them apart, else those alike together. */
function productsFor(
  template: string,
  inputs: readonly NamedValue[],
): { value: NamedValue; member: number }[] {
  const words = placeholders(template);
  if (words.includes('task')) return inputs.map((value, member) => ({ value, member }));
  const groups = new Map<string, NamedValue[]>();
  for (const value of inputs) {
    const keys = keysOf(value);
    const key = JSON.stringify(words.map((word) => keys[word] ?? null));
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  if (groups.size === 0) return [{ value: together([], template), member: 0 }];
  return [...groups.values()].map((list, member) => ({ value: together(list, template), member }));
}

/** Values of a matrix that tell a product apart, as text. */
function keysOf(value: NamedValue): Record<string, string> {
  const { keys } = value as { keys?: JsonObject };
  return Object.fromEntries(
    Object.entries(keys ?? {}).map(([name, one]) => [
      name,
      typeof one === 'string' ? one : JSON.stringify(one),
    ]),
  );
}

const TABLES = ['table', 'report', 'rows'];
const isTable = (one: NamedValue) => TABLES.includes(one.type);

/** Several tables in one file, one after the other; of anything else only one goes into a file. */
function together(inputs: readonly NamedValue[], template: string): NamedValue {
  const [first] = inputs;
  if (!first) throw new DataError('data.write', `there is nothing to write to ${template}`);
  if (inputs.length === 1) return first;
  if (inputs.every(isTable)) return { ...first, value: concatenated(inputs.map(withKeys)) };
  const other = inputs.find((one) => !isTable(one))!;
  throw new DataError(
    'data.write',
    `${inputs.length} products cannot go into one file ${template}: '${other.name}' is a ${other.type}`,
    `use a placeholder: to: "{task}.${endingOf(template) || 'json'}"`,
    ['to'],
  );
}

function partsOf(value: NamedValue, words: readonly string[], registry: Registry) {
  if (value.type === 'histogram') return splitHistogram(value.value as Histogram, words);
  if (isTable(value)) return splitTable(value.value as Table, words);
  if (registry.type(value.type)?.files) return [{ labels: {}, value: value.value }];
  throw new DataError(
    'data.write',
    `'${value.name}' is ${value.type}, which cannot be written`,
    'write a table, a histogram or rows',
  );
}

function unknownWord(word: string, value: NamedValue): DataError {
  const known =
    value.type === 'histogram'
      ? (value.value as Histogram).axes
          .filter((axis) => axis.kind === 'category_str')
          .map((axis) => axis.name)
      : Object.keys((value.value as Table).columns);
  const help =
    didYouMean(word, ['task', ...known]) ?? `there is {task}${known.map((one) => `, {${one}}`).join('')}`;
  return new DataError('data.write', `nothing gives a value for {${word}}`, help, ['to']);
}

async function encoded(
  type: string,
  value: unknown,
  name: string,
  args: JsonObject,
  registry: Registry,
): Promise<Uint8Array> {
  const ending = args.format === undefined ? endingOf(name) : String(args.format).toLowerCase();
  if (type === 'histogram' && ending === 'json') return new TextEncoder().encode(uhiText(value as Histogram));
  if (type !== 'histogram' && !TABLES.includes(type)) return published(type, value, ending, registry);
  if (ending === 'txt') {
    const table = type === 'histogram' ? histogramTable(value as Histogram) : chosen(value as Table, args);
    return new TextEncoder().encode(textTable(table, args.columns as (string | TextColumn)[] | undefined));
  }
  const writable = formatsOf(registry).filter((format) => format.encode);
  const format = writable.find(
    (one) => one.name === ending || one.extensions.some((each) => each.replace(/^\./, '') === ending),
  );
  if (!format?.encode || (type === 'histogram' && format.name !== 'csv')) {
    const known = type === 'histogram' ? ['json', 'csv', 'txt'] : [...writable.map((one) => one.name), 'txt'];
    throw new DataError(
      'data.write',
      ending === ''
        ? `${name} has no ending that says the format`
        : `a ${type} cannot be written as '${ending}'`,
      `it can as ${known.join(', ')}`,
      [args.format === undefined ? 'to' : 'format'],
    );
  }
  const table = type === 'histogram' ? histogramTable(value as Histogram) : chosen(value as Table, args);
  return format.encode(table, args.tree === undefined ? {} : { table: String(args.tree) });
}

/** A value of another pack's type: one of the files that its type makes of it. */
async function published(
  type: string,
  value: unknown,
  ending: string,
  registry: Registry,
): Promise<Uint8Array> {
  const files = (await registry.type(type)?.files?.(value)) ?? [];
  const file = files.find(({ name }) => name === `.${ending}`);
  if (file) return file.bytes;
  const known = files.map(({ name }) => name.slice(1)).join(', ');
  throw new DataError('data.write', `${type} cannot be written as '${ending}'`, `it can as ${known}`, ['to']);
}

/** The columns that `fields` names, in its order. */
function chosen(table: Table, args: JsonObject): Table {
  if (args.fields === undefined) return withoutAttached(table);
  const columns = (args.fields as string[]).map((name) => {
    const column = Object.hasOwn(table.columns, name) ? table.columns[name] : undefined;
    if (column) return [name, column] as const;
    const known = Object.keys(table.columns);
    throw new DataError(
      'data.field',
      `there is no column '${name}'`,
      didYouMean(name, known) ?? `there are ${known.join(', ')}`,
      ['fields'],
    );
  });
  return { length: table.length, columns: Object.fromEntries(columns) };
}
