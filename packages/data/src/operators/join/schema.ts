/** What a join gives: the fields of the left rows, and those of the others behind their port's name. */
import type { DataType, Schema } from '@fasthep/columns';
import { nearest } from '@fasthep/expression';
import type { ArgumentProblem, BatchSchema, Json, LookupSchema } from '@fasthep/flow';
import { type JoinRule, joinRules } from './arguments.ts';

const canonical = (name: string) => name.replaceAll('.', '_');

/** The column of a schema that a name stands for: `X.y` and `X_y` are one name. */
export function columnOf(schema: Readonly<Record<string, unknown>>, name: string): string | undefined {
  if (Object.hasOwn(schema, name)) return name;
  return Object.keys(schema).find((column) => canonical(column) === canonical(name));
}

export function joinSchema(
  args: Json,
  left: Json,
  lookups: Readonly<Record<string, LookupSchema>>,
): BatchSchema {
  const before = (left ?? {}) as unknown as Schema;
  const problems: ArgumentProblem[] = [];
  const schema: Schema = { ...before };
  const reads: string[] = [];
  const from: NonNullable<BatchSchema['from']> = {};
  const rules = joinRules(args);
  for (const [port, rule] of Object.entries(rules)) {
    const lookup = lookups[port];
    if (!lookup) {
      problems.push({
        code: 'data.join',
        message: `there is no input '${port}' to join`,
        help: `needs: {left: …, ${port}: …}`,
        path: [port],
      });
      continue;
    }
    if (lookup.schema === null) {
      problems.push(withoutDataset(port));
      continue;
    }
    const other = lookup.schema as unknown as Schema;
    problems.push(...unusedWords(port, rule));
    problems.push(...clashes(before, port), ...keyProblems(before, other, port, rule));
    if (rule.by === 'entry') {
      if (!lookup.whole) problems.push(filtered(port));
    } else {
      for (const [own, theirs] of rule.by) {
        reads.push(columnOf(before, own) ?? own, `${port}/${columnOf(other, theirs) ?? theirs}`);
      }
    }
    for (const [name, type] of Object.entries(other)) {
      const field = `${port}.${name}`;
      schema[field] = joinedType(type, port, rule);
      from[field] = { port, field: name };
    }
  }
  for (const port of Object.keys(lookups)) {
    if (!rules[port])
      problems.push({
        code: 'data.join',
        message: `nothing says how '${port}' is joined`,
        help: `${port}: [key], or ${port}: entry for the same row number`,
      });
  }
  return { reads, schema: schema as unknown as Json, from, problems };
}

function joinedType(type: DataType, port: string, rule: JoinRule): DataType {
  if (rule.many === 'list') return { kind: 'list', item: type, counter: `n${port}` };
  const prefixed =
    type.kind === 'list' && type.counter !== undefined
      ? { ...type, counter: `${port}.${type.counter}` }
      : type;
  const always = rule.how === 'inner' || (rule.by === 'entry' && rule.mismatch !== 'pad');
  return always ? prefixed : { ...prefixed, nullable: true };
}

function clashes(left: Schema, port: string): ArgumentProblem[] {
  const same = Object.keys(left).find((name) => name === port);
  const like = Object.keys(left).find((name) => canonical(name).startsWith(`${canonical(port)}_`));
  const name = same ?? like;
  if (name === undefined) return [];
  return [
    {
      code: 'data.join',
      message: `the field '${name}' of the left rows would be mistaken for one of '${port}'`,
      help: 'give the input another name, or `rename` the field where it is read',
      path: [port],
    },
  ];
}

function withoutDataset(port: string): ArgumentProblem {
  return {
    code: 'data.join-nothing',
    message: `'${port}' has no dataset for some of the left rows`,
    help: 'every dataset of the left rows needs one of the same name there',
    path: [port],
  };
}

/** Words of the other kind of join, which say nothing about this one. */
function unusedWords(port: string, rule: JoinRule): ArgumentProblem[] {
  const byNumber = rule.by === 'entry';
  const [word, value] = byNumber ? ['many', rule.many] : ['mismatch', rule.mismatch];
  if (value === 'error') return [];
  const message = byNumber
    ? `'many' is about keys, and '${port}' is joined by row number`
    : `'mismatch' is about row numbers, and '${port}' is joined by keys`;
  const help = byNumber
    ? 'take it away: a row number has one row'
    : 'take it away: how: inner or left says what becomes of rows without a match';
  return [{ code: 'data.join', message, help, path: [port, word!] }];
}

function filtered(port: string): ArgumentProblem {
  return {
    code: 'data.join',
    message: `'${port}' has lost rows, so its row numbers say nothing`,
    help: 'join first and filter the joined rows, or join by keys',
    path: [port],
  };
}

function keyProblems(left: Schema, other: Schema, port: string, rule: JoinRule): ArgumentProblem[] {
  if (rule.by === 'entry') return [];
  return rule.by.flatMap(([own, theirs]): ArgumentProblem[] => {
    const sides: [string, Schema, string][] = [
      [own, left, 'the left rows have'],
      [theirs, other, `'${port}' has`],
    ];
    return sides.flatMap(([name, schema, who]): ArgumentProblem[] => {
      const column = columnOf(schema, name);
      const path = [port];
      if (column === undefined) {
        const [guess] = nearest(name, Object.keys(schema));
        const help = guess ? `did you mean '${guess}'?` : undefined;
        return [{ code: 'data.field', message: `${who} no field '${name}'`, help, path }];
      }
      const { kind } = schema[column]!;
      if (!['float32', 'float64', 'list', 'record'].includes(kind)) return [];
      const what = kind === 'list' || kind === 'record' ? `a ${kind}` : 'a floating-point number';
      return [
        {
          code: 'data.join',
          message: `'${name}' is ${what}: keys are whole numbers, texts or booleans`,
          help: kind.startsWith('float')
            ? `make it whole where it is read: define {key: int(${name})}`
            : undefined,
          path,
        },
      ];
    });
  });
}
