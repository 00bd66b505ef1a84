import type { DataType, Schema, Table } from '@fasthep/columns';
import { explodeTable } from '@fasthep/columns';
import { nearest } from '@fasthep/expression';
import type { ArgumentProblem, Json, JsonObject, Operator } from '@fasthep/flow';

/** One row for each object. */
export const explode: Operator = {
  name: 'explode',
  semantics: 1,
  doc: 'Make one row for each object.\n\nTakes a collection, or lists that have equal lengths in each row; the other columns are repeated. Rows without objects vanish.',
  examples: ['explode: [planet_name, planet_radius]', 'explode: Muon'],
  main: 'fields',
  parameters: {
    type: 'object',
    properties: {
      fields: {
        description: 'A collection, or a list of fields that are lists.',
        type: ['string', 'array'],
        items: { type: 'string' },
        minItems: 1,
        examples: [['planet_name', 'planet_radius'], 'Muon'],
      },
    },
    required: ['fields'],
    additionalProperties: false,
  },
  inputs: { rows: { type: 'rows' } },
  outputs: { rows: { type: 'rows' } },
  run: {
    kind: 'batch',
    stream: 'table',
    schema(args, schema) {
      const before = (schema ?? {}) as unknown as Schema;
      const { columns, problems } = listsOf(args, before);
      const after = Object.fromEntries(
        Object.entries(before).map(([name, type]): [string, DataType] => [
          name,
          columns.includes(name) && type.kind === 'list' ? type.item : type,
        ]),
      );
      return { reads: columns, schema: after as unknown as Json, problems };
    },
    apply(args, batch) {
      const table = batch as Table;
      const schema = Object.fromEntries(
        Object.entries(table.columns).map(([name, column]) => [name, { kind: column.kind }]),
      );
      return explodeTable(table, listsOf(args, schema as Schema).columns);
    },
  },
};

/** The list columns that the argument names: each by its name, or all of a collection by its prefix. */
function listsOf(args: Json, schema: Schema): { columns: string[]; problems: ArgumentProblem[] } {
  const given = (args as JsonObject).fields as Json;
  const names = (Array.isArray(given) ? given : [given]).map(String);
  const problems: ArgumentProblem[] = [];
  const columns = names.flatMap((name, i) => {
    const path = Array.isArray(given) ? ['fields', i] : ['fields'];
    const flat = name.replaceAll('.', '_');
    const own = Object.keys(schema).filter(
      (column) => column === name || column.replaceAll('.', '_') === flat,
    );
    const found =
      own.length > 0
        ? own
        : Object.keys(schema).filter((column) => column.replaceAll('.', '_').startsWith(`${flat}_`));
    const lists = found.filter((column) => schema[column]!.kind === 'list');
    if (lists.length > 0) return lists;
    if (found.length > 0)
      problems.push({
        code: 'data.explode',
        message: `'${name}' is not a list: it has one value for each row`,
        path,
      });
    else {
      const [guess] = nearest(name, Object.keys(schema));
      problems.push({
        code: 'data.field',
        message: `there is no field '${name}'`,
        ...(guess ? { help: `did you mean '${guess}'?` } : {}),
        path,
      });
    }
    return [];
  });
  return { columns: [...new Set(columns)], problems };
}
