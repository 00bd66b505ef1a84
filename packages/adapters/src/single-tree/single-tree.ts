import {
  type Column,
  type DataType,
  isValid,
  makeValidity,
  type Schema,
  setValid,
  type Table,
} from '@fasthep/columns';
import type { ArgumentProblem, Json, JsonObject, Operator } from '@fasthep/flow';

/** One flat tree of joined streams. */
export const singleTree: Operator = {
  name: 'single_tree',
  semantics: 1,
  doc: 'Make one flat tree of joined streams, for tools that take one tree.\n\nFields of joined streams get names without dots (`run.livetime` becomes `run_livetime`), and fields of records become columns of their own.',
  examples: ['single_tree: {sep: "_"}'],
  main: 'sep',
  parameters: {
    type: 'object',
    properties: {
      sep: {
        description: 'What stands between the parts of a name.',
        type: 'string',
        pattern: '^[A-Za-z0-9_]*$',
        default: '_',
      },
    },
    additionalProperties: false,
  },
  inputs: { rows: { type: 'rows' } },
  outputs: { rows: { type: 'rows' } },
  run: {
    kind: 'batch',
    stream: 'table',
    schema(args, before) {
      const flat = flatNames((before ?? {}) as unknown as Schema, sepOf(args));
      const problems: ArgumentProblem[] = [];
      const schema: Schema = {};
      const from: Record<string, { field: string }> = {};
      for (const { name, field, type } of flat) {
        if (Object.hasOwn(schema, name))
          problems.push({
            code: 'adapt.single-tree',
            message: `two fields would be called '${name}': '${from[name]!.field}' and '${field}'`,
            help: 'give another sep, or rename one of them above',
            path: ['sep'],
          });
        schema[name] = type;
        from[name] = { field };
      }
      return { reads: [], schema: schema as unknown as Json, from, problems };
    },
    apply(args, batch) {
      const { length, columns } = batch as Table;
      const out: Record<string, Column> = {};
      for (const [name, column] of Object.entries(columns)) flatten(name, column, sepOf(args), out);
      return { length, columns: out };
    },
  },
};

const sepOf = (args: Json) => String((args as JsonObject).sep ?? '_');

function flatNames(schema: Schema, sep: string): { name: string; field: string; type: DataType }[] {
  return Object.entries(schema).flatMap(([field, type]) =>
    leaves(field.replaceAll('.', sep), type, sep).map(([name, leaf]) => ({
      name,
      field,
      type: renamed(leaf, sep),
    })),
  );
}

/** Fields of a record, or of a list of records, as columns of their own. */
function leaves(name: string, type: DataType, sep: string): [string, DataType][] {
  if (type.kind === 'record')
    return Object.entries(type.fields).flatMap(([key, one]) =>
      leaves(`${name}${sep}${key}`, type.nullable ? { ...one, nullable: true } : one, sep),
    );
  if (type.kind === 'list' && type.item.kind === 'record')
    return Object.entries(type.item.fields).flatMap(([key, one]) =>
      leaves(`${name}${sep}${key}`, { ...type, item: one }, sep),
    );
  return [[name, type]];
}

const renamed = (type: DataType, sep: string): DataType =>
  type.kind === 'list' && type.counter !== undefined
    ? { ...type, counter: type.counter.replaceAll('.', sep) }
    : type;

function flatten(field: string, column: Column, sep: string, out: Record<string, Column>): void {
  const name = field.replaceAll('.', sep);
  if (column.kind === 'record') {
    for (const [key, one] of Object.entries(column.fields))
      flatten(`${name}${sep}${key}`, alsoMissing(one, column.validity), sep, out);
  } else if (column.kind === 'list' && column.content.kind === 'record') {
    for (const [key, one] of Object.entries(column.content.fields))
      flatten(`${name}${sep}${key}`, { ...column, content: one }, sep, out);
  } else if (column.kind === 'list' && column.counter !== undefined) {
    out[name] = { ...column, counter: column.counter.replaceAll('.', sep) };
  } else out[name] = column;
}

/** What is missing in the record is missing in its fields. */
function alsoMissing(column: Column, validity: Column['validity']): Column {
  if (!validity) return column;
  const both = makeValidity(column.length);
  for (let i = 0; i < column.length; i++)
    if (isValid(validity, i) && isValid(column.validity, i)) setValid(both, i);
  return { ...column, validity: both };
}
