import type { DataType, Schema } from '@fasthep/columns';
import { nearest } from '@fasthep/expression';
import type { ArgumentProblem } from '@fasthep/flow';
import type { PortArgument } from './arguments.ts';
import type { SeenFile } from './inspect.ts';

type SeenTable = SeenFile['tables'][number];

/** The table `name` of a file, or the only one; else the problem. An optional one that is not there is undefined. */
export function tableOf(
  seen: SeenFile,
  name: string | undefined,
  port: PortArgument,
  shown: string,
): { table?: SeenTable } | { problem: ArgumentProblem } {
  const names = seen.tables.map((table) => table.name);
  const list =
    names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', ');
  if (name === undefined) {
    if (names.length === 1) return { table: seen.tables[0]! };
    if (names.length === 0)
      return {
        problem: {
          code: 'data.tree-missing',
          message: `${shown} has no table`,
          help: 'fasthep-flow inspect FILE shows what is in a file',
        },
      };
    return {
      problem: {
        code: 'data.tree-ambiguous',
        message: `${shown} has several tables: ${list}`,
        help: `say which: tree: ${names[0]}`,
      },
    };
  }
  const table = seen.tables.find((one) => one.name === name);
  if (table || port.optional) return { table };
  const [guess] = nearest(name, names);
  return {
    problem: {
      code: 'data.tree-missing',
      message: `${shown} has no tree '${name}'`,
      help: guess
        ? `did you mean '${guess}'?`
        : names.length > 0
          ? `it has ${list}`
          : 'it has no tree at all',
    },
  };
}

const text = (type: DataType): string => {
  const mark = type.nullable ? '?' : '';
  if (type.kind === 'list') return `list<${text(type.item)}>${mark}`;
  return (type.kind === 'record' ? `{${Object.keys(type.fields).join(', ')}}` : type.kind) + mark;
};

/** `a` if both hold the same values, with missing ones where either has them; undefined if they do not agree. */
function common(a: DataType, b: DataType): DataType | undefined {
  const nullable = a.nullable || b.nullable ? { nullable: true } : {};
  if (a.kind === 'list' && b.kind === 'list') {
    const item = common(a.item, b.item);
    if (!item || a.size !== b.size || a.counter !== b.counter) return undefined;
    return { ...a, item, ...nullable };
  }
  if (a.kind === 'record' && b.kind === 'record') {
    const names = Object.keys(a.fields);
    if (names.length !== Object.keys(b.fields).length) return undefined;
    const fields: Record<string, DataType> = {};
    for (const name of names) {
      const other = b.fields[name];
      const field = other && common(a.fields[name]!, other);
      if (!field) return undefined;
      fields[name] = field;
    }
    return { ...a, fields, ...nullable };
  }
  return a.kind === b.kind ? { ...a, ...nullable } : undefined;
}

/**
 * One schema for the files of a dataset: the columns that all of them have. A column of another type in one of
 * them is a problem, one that is missing in some is left out with a warning.
 */
export function commonSchema(files: readonly { shown: string; table: SeenTable }[]): {
  schema: Schema;
  problems: ArgumentProblem[];
} {
  const [first, ...others] = files;
  const problems: ArgumentProblem[] = [];
  const schema: Schema = { ...first?.table.schema };
  const gone = new Map<string, string>();
  for (const { shown, table } of others) {
    for (const [name, type] of Object.entries(schema)) {
      const other = table.schema[name];
      if (!other) {
        gone.set(name, shown);
        delete schema[name];
        continue;
      }
      const both = common(type, other);
      if (both) schema[name] = both;
      else
        problems.push({
          code: 'data.schema-differs',
          message: `column '${name}' is ${text(type)} in ${first!.shown} and ${text(other)} in ${shown}`,
          help: 'the files of one dataset must agree: make two datasets of them',
        });
    }
    for (const name of Object.keys(table.schema))
      if (!first!.table.schema[name] && !gone.has(name)) gone.set(name, first!.shown);
  }
  if (gone.size > 0) {
    const [[name, shown]] = [...gone] as [[string, string], ...[string, string][]];
    const more = gone.size > 1 ? ` and ${gone.size - 1} more` : '';
    problems.push({
      code: 'data.schema-differs',
      message: `${shown} has no column '${name}', which other files of the dataset have; it${more} cannot be used`,
      severity: 'warning',
    });
  }
  return { schema, problems: problems.slice(0, 5) };
}

/** Columns under the names that `rename` gives them. A name that is not there is a problem. */
export function renamedSchema(
  schema: Schema,
  rename: Record<string, string>,
): { schema: Schema; problems: ArgumentProblem[] } {
  const entries = Object.entries(rename);
  if (entries.length === 0) return { schema, problems: [] };
  const problems: ArgumentProblem[] = [];
  const names = new Map<string, string>();
  for (const [field, column] of entries) {
    const path = ['rename', field];
    if (!schema[column]) {
      const [guess] = nearest(column, Object.keys(schema));
      const help = guess ? `did you mean '${guess}'?` : 'on the right stands the name in the file';
      problems.push({
        code: 'data.column-missing',
        message: `there is no column '${column}' to rename`,
        help,
        path,
      });
    } else if (schema[field] && !Object.values(rename).includes(field))
      problems.push({
        code: 'data.column-twice',
        message: `the files have a column '${field}' already`,
        help: 'choose another name',
        path,
      });
    else names.set(column, field);
  }
  const out: Schema = {};
  for (const [column, type] of Object.entries(schema)) {
    const counter = type.kind === 'list' && type.counter !== undefined ? names.get(type.counter) : undefined;
    out[names.get(column) ?? column] = counter === undefined ? type : ({ ...type, counter } as DataType);
  }
  return { schema: out, problems };
}
