import { didYouMean } from '@fasthep/expression';
import { kindOf } from '../../definition/index.ts';
import { suggest } from '../../errors/index.ts';
import type { Json, JsonObject, JsonSchema } from '../../types/json.ts';
import { expected, typeFits } from './describe.ts';
import type { SchemaProblem } from './types.ts';

/** The words of JSON Schema 2020-12 that are understood here. Others are for editors only. */
interface Check {
  root: JsonSchema;
  problems: SchemaProblem[];
}

const map = (value: Json | undefined): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Follows a local `$ref`. */
function resolved(schema: JsonSchema, root: JsonSchema): JsonSchema {
  if (typeof schema.$ref !== 'string') return schema;
  let found: Json | undefined = root;
  for (const key of schema.$ref.replace(/^#\/?/, '').split('/')) found = map(found) ? found[key] : undefined;
  return map(found) ? found : {};
}

function nameOf(path: readonly (string | number)[], what: string): string {
  const last = path.at(-1);
  if (last === undefined) return what;
  if (typeof last === 'string') return `'${last}'`;
  return `item ${last + 1} of ${nameOf(path.slice(0, -1), what)}`;
}

/**
 * What does not fit in `value`, at the deepest node that is to blame. `what` names the whole value in
 * messages (`'hist'`). Texts with a late `${…}` fit anything.
 */
export function validate(schema: JsonSchema, value: Json, what = 'the value'): SchemaProblem[] {
  const check: Check = { root: schema, problems: [] };
  visit(check, schema, value, [], what);
  return check.problems;
}

function visit(check: Check, given: JsonSchema, value: Json, path: (string | number)[], what: string): void {
  const schema = resolved(given, check.root);
  if (typeof value === 'string' && value.includes('${')) return;
  const branches = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (Array.isArray(branches)) {
    choose(check, branches, schema, value, path, what);
    return;
  }
  const wrong = (help?: string) =>
    check.problems.push({
      kind: 'value',
      path,
      message: `${nameOf(path, what)} must be ${expected(schema)}, not ${kindOf(value)}`,
      ...(help ? { help } : {}),
    });
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) {
    wrong(typeof value === 'string' ? didYouMean(value, schema.enum.map(String)) : undefined);
    return;
  }
  if (schema.const !== undefined && schema.const !== value) return void wrong();
  if (!typeFits(schema, value)) return void wrong(exampleOf(schema));
  if (Array.isArray(value)) list(check, schema, value, path, what);
  else if (map(value)) object(check, schema, value, path, what);
  else scalar(check, schema, value, path, what);
}

/** One of several forms: the one of the value's own type is meant; if none or several fit, all are named. */
function choose(
  check: Check,
  branches: JsonSchema[],
  schema: JsonSchema,
  value: Json,
  path: (string | number)[],
  what: string,
): void {
  const results = branches.map((branch) => {
    const sub: Check = { root: check.root, problems: [] };
    visit(sub, branch, value, path, what);
    return sub.problems;
  });
  if (results.some((problems) => problems.length === 0)) return;
  const candidates = results.filter((_, index) => typeFits(resolved(branches[index]!, check.root), value));
  const inside = candidates.filter((problems) => problems.some((one) => one.path.length > path.length));
  const best = candidates.length === 1 ? candidates[0] : inside.sort((a, b) => a.length - b.length)[0];
  if (best) check.problems.push(...best);
  else
    check.problems.push({
      kind: 'value',
      path,
      message: `${nameOf(path, what)} must be ${expected(schema)}, not ${kindOf(value)}`,
      ...withHelp(exampleOf(schema)),
    });
}

const withHelp = (help: string | undefined) => (help === undefined ? {} : { help });

function exampleOf(schema: JsonSchema): string | undefined {
  const [example] = Array.isArray(schema.examples) ? schema.examples : [];
  return example === undefined ? undefined : `for example ${JSON.stringify(example)}`;
}

function list(
  check: Check,
  schema: JsonSchema,
  value: Json[],
  path: (string | number)[],
  what: string,
): void {
  const { minItems, maxItems } = schema;
  if (
    (typeof minItems === 'number' && value.length < minItems) ||
    (typeof maxItems === 'number' && value.length > maxItems)
  ) {
    const many =
      minItems === maxItems
        ? `${minItems}`
        : maxItems === undefined
          ? `at least ${minItems}`
          : minItems === undefined
            ? `at most ${maxItems}`
            : `${minItems} to ${maxItems}`;
    check.problems.push({
      kind: 'value',
      path,
      message: `${nameOf(path, what)} must have ${many} ${many.endsWith('1') ? 'item' : 'items'}, not ${value.length}`,
      ...withHelp(exampleOf(schema)),
    });
    return;
  }
  const prefix = Array.isArray(schema.prefixItems) ? (schema.prefixItems as JsonSchema[]) : [];
  value.forEach((item, index) => {
    const inner = prefix[index] ?? (map(schema.items) ? schema.items : undefined);
    if (inner) visit(check, inner, item, [...path, index], what);
  });
}

function object(
  check: Check,
  schema: JsonSchema,
  value: JsonObject,
  path: (string | number)[],
  what: string,
): void {
  const properties = map(schema.properties) ? (schema.properties as Record<string, JsonSchema>) : {};
  const patterns = map(schema.patternProperties) ? Object.entries(schema.patternProperties) : [];
  for (const [key, item] of Object.entries(value)) {
    const at = [...path, key];
    if (map(schema.propertyNames)) visit(check, schema.propertyNames, key, at, what);
    const pattern = patterns.find(([one]) => new RegExp(one, 'u').test(key))?.[1];
    if (Object.hasOwn(properties, key)) visit(check, properties[key]!, item, at, what);
    else if (map(pattern)) visit(check, pattern, item, at, what);
    else if (map(schema.additionalProperties)) visit(check, schema.additionalProperties, item, at, what);
    else if (schema.additionalProperties === false)
      check.problems.push({
        kind: 'unknown',
        path: at,
        message: `unknown key '${key}' in ${nameOf(path, what)}`,
        ...withHelp(suggest(key, Object.keys(properties), 'it takes')),
      });
  }
  const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
  for (const key of required) {
    if (Object.hasOwn(value, key)) continue;
    const example = properties[key] ? exampleOf(resolved(properties[key], check.root)) : undefined;
    check.problems.push({
      kind: 'missing',
      path,
      message: `${nameOf(path, what)} needs '${key}'${properties[key] ? `: ${expected(resolved(properties[key], check.root))}` : ''}`,
      ...withHelp(example),
    });
  }
  if (typeof schema.minProperties === 'number' && Object.keys(value).length < schema.minProperties)
    check.problems.push({ kind: 'value', path, message: `${nameOf(path, what)} must not be empty` });
}

function scalar(
  check: Check,
  schema: JsonSchema,
  value: Json,
  path: (string | number)[],
  what: string,
): void {
  const wrong = (rule: string) =>
    check.problems.push({
      kind: 'value',
      path,
      message: `${nameOf(path, what)} must be ${rule}, not ${kindOf(value)}`,
      ...withHelp(exampleOf(schema)),
    });
  if (typeof value === 'number') {
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
    if (typeof minimum === 'number' && value < minimum) wrong(`at least ${minimum}`);
    else if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum)
      wrong(`above ${exclusiveMinimum}`);
    else if (typeof maximum === 'number' && value > maximum) wrong(`at most ${maximum}`);
    else if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum)
      wrong(`below ${exclusiveMaximum}`);
  }
  if (typeof value !== 'string') return;
  if (typeof schema.minLength === 'number' && value.length < schema.minLength)
    wrong('a text that is not empty');
  else if (typeof schema.pattern === 'string' && !new RegExp(schema.pattern, 'u').test(value))
    wrong(typeof schema.title === 'string' ? schema.title : `a text like ${schema.pattern}`);
}
