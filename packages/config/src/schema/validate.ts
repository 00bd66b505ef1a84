import { didYouMean } from '@fasthep/expression';
import { originAt } from '../origin/make.ts';
import { pointerTo, valueAt } from '../origin/pointer.ts';
import type { Config, JsonPointer, Origin, PlainJson } from '../origin/types.ts';
import type { Code } from '../problem/codes.ts';
import { ConfigProblem, sortProblems } from '../problem/problem.ts';
import { convertJson, describeJson, jsonTypes, TYPE_NAMES } from './convert.ts';
import type { JsonSchema, JsonType } from './types.ts';

export interface ValidateOptions {
  /** Whether texts become numbers and so on where the schema wants it (OmegaConf's rules). Default true. */
  convert?: boolean;
  /** Whether defaults of absent properties are put in. Default true. */
  defaults?: boolean;
}

/** A value checked: converted, with defaults; and everything that is wrong, each at its place. */
export interface Validated {
  value: PlainJson;
  problems: ConfigProblem[];
}

/** Deepest nesting that is checked. */
const MAX_DEPTH = 500;

class Validator {
  readonly root: JsonSchema;
  readonly config: Config;
  readonly options: ValidateOptions;
  problems: ConfigProblem[] = [];

  constructor(root: JsonSchema, config: Config, options: ValidateOptions) {
    this.root = root;
    this.config = config;
    this.options = options;
  }

  fail(code: Code, message: string, pointer: JsonPointer, help?: string, key = false): void {
    const { keyOrigins } = this.config;
    const origin: Origin =
      key && Object.hasOwn(keyOrigins, pointer) ? keyOrigins[pointer]! : originAt(this.config, pointer);
    const related = (origin.via ?? []).map((one) => ({ message: 'the value came from here', origin: one }));
    const fullKey = pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
    this.problems.push(
      new ConfigProblem(code, message, { help, origin, related: key ? [] : related, fullKey }),
    );
  }

  /** The schema that a `$ref` of the same document names. */
  resolve(schema: JsonSchema): JsonSchema {
    let current = schema;
    for (let hops = 0; current.$ref !== undefined && hops < 50; hops++) {
      const { $ref, ...beside } = current;
      const target = valueAt(this.root, $ref.replace(/^#/, '')) as JsonSchema | undefined;
      current = target ? { ...target, ...beside } : beside;
    }
    return current;
  }

  check(given: JsonSchema | boolean, value: PlainJson, pointer: JsonPointer, depth = 0): PlainJson {
    if (given === true) return value;
    const at = pointer === '' ? 'the value' : `'${lastKey(pointer)}'`;
    if (given === false) {
      this.fail('validation', `${at} is not allowed here`, pointer);
      return value;
    }
    if (depth > MAX_DEPTH) {
      this.fail('limit', 'the value is nested too deeply', pointer);
      return value;
    }
    const schema = this.resolve(given);
    let checked = value;
    if (schema.type !== undefined) {
      const wanted: JsonType[] = Array.isArray(schema.type) ? schema.type : [schema.type];
      if (!wanted.some((type) => jsonTypes(value).includes(type))) {
        const converted = this.options.convert === false ? undefined : convertJson(value, wanted);
        if (converted === undefined) {
          const names = wanted.map((type) => TYPE_NAMES[type]).join(' or ');
          this.fail('validation', `${at} must be ${names}, not ${describeJson(value)}`, pointer);
          return value;
        }
        checked = converted;
      }
    }
    this.choices(schema, checked, pointer, at);
    if (typeof checked === 'number') this.number(schema, checked, pointer, at);
    else if (typeof checked === 'string') this.text(schema, checked, pointer, at);
    else if (Array.isArray(checked)) checked = this.list(schema, checked, pointer, at, depth);
    else if (checked !== null && typeof checked === 'object')
      checked = this.map(schema, checked, pointer, at, depth);
    return this.combined(schema, checked, pointer, depth);
  }

  choices(schema: JsonSchema, value: PlainJson, pointer: JsonPointer, at: string): void {
    const same = (one: PlainJson) => JSON.stringify(one) === JSON.stringify(value);
    if (schema.const !== undefined && !same(schema.const))
      this.fail('validation', `${at} must be ${describeJson(schema.const)}`, pointer);
    if (schema.enum && !schema.enum.some(same)) {
      const known = schema.enum.map((one) => String(one));
      const shown = known.slice(0, 12).join(', ');
      const near = typeof value === 'string' ? didYouMean(value, known) : undefined;
      this.fail('validation', `${at} cannot be ${describeJson(value)}`, pointer, near ?? `one of ${shown}`);
    }
  }

  number(schema: JsonSchema, value: number, pointer: JsonPointer, at: string): void {
    const bound = (holds: boolean, text: string) => {
      if (!holds) this.fail('validation', `${at} must be ${text}, not ${value}`, pointer);
    };
    if (schema.minimum !== undefined) bound(value >= schema.minimum, `at least ${schema.minimum}`);
    if (schema.maximum !== undefined) bound(value <= schema.maximum, `at most ${schema.maximum}`);
    if (schema.exclusiveMinimum !== undefined)
      bound(value > schema.exclusiveMinimum, `above ${schema.exclusiveMinimum}`);
    if (schema.exclusiveMaximum !== undefined)
      bound(value < schema.exclusiveMaximum, `below ${schema.exclusiveMaximum}`);
    if (schema.multipleOf !== undefined) {
      const ratio = value / schema.multipleOf;
      bound(Math.abs(ratio - Math.round(ratio)) < 1e-9, `a multiple of ${schema.multipleOf}`);
    }
  }

  text(schema: JsonSchema, value: string, pointer: JsonPointer, at: string): void {
    if (schema.minLength !== undefined && [...value].length < schema.minLength)
      this.fail(
        'validation',
        value === '' ? `${at} must not be empty` : `${at} is shorter than ${schema.minLength} characters`,
        pointer,
      );
    if (schema.maxLength !== undefined && [...value].length > schema.maxLength)
      this.fail('validation', `${at} is longer than ${schema.maxLength} characters`, pointer);
    if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value))
      this.fail(
        'validation',
        `${at} has a form that does not fit: '${value}'`,
        pointer,
        `it must match ${schema.pattern}`,
      );
  }

  list(schema: JsonSchema, value: PlainJson[], pointer: JsonPointer, at: string, depth: number): PlainJson[] {
    if (schema.minItems !== undefined && value.length < schema.minItems)
      this.fail(
        'validation',
        `${at} needs at least ${schema.minItems} items, it has ${value.length}`,
        pointer,
      );
    if (schema.maxItems !== undefined && value.length > schema.maxItems)
      this.fail(
        'validation',
        `${at} takes at most ${schema.maxItems} items, it has ${value.length}`,
        pointer,
      );
    if (schema.uniqueItems) {
      const seen = new Set<string>();
      for (const [index, item] of value.entries()) {
        const text = JSON.stringify(item);
        if (seen.has(text))
          this.fail('validation', `${describeJson(item)} stands in ${at} twice`, pointerTo(pointer, index));
        seen.add(text);
      }
    }
    return value.map((item, index) => {
      const one = schema.prefixItems?.[index] ?? schema.items;
      return one === undefined ? item : this.check(one, item, pointerTo(pointer, index), depth + 1);
    });
  }

  map(
    schema: JsonSchema,
    value: { [key: string]: PlainJson },
    pointer: JsonPointer,
    at: string,
    depth: number,
  ): PlainJson {
    const known = schema.properties ?? {};
    const checked: { [key: string]: PlainJson } = {};
    const put = (key: string, item: PlainJson) =>
      Object.defineProperty(checked, key, {
        value: item,
        enumerable: true,
        writable: true,
        configurable: true,
      });
    const size = Object.keys(value).length;
    if (schema.minProperties !== undefined && size < schema.minProperties)
      this.fail('validation', `${at} needs at least ${schema.minProperties} keys`, pointer);
    if (schema.maxProperties !== undefined && size > schema.maxProperties)
      this.fail('validation', `${at} takes at most ${schema.maxProperties} keys`, pointer);
    for (const [key, item] of Object.entries(value)) {
      const inner = pointerTo(pointer, key);
      if (schema.propertyNames) this.name(schema.propertyNames, key, inner);
      const patterns = Object.entries(schema.patternProperties ?? {}).filter(([rule]) =>
        new RegExp(rule, 'u').test(key),
      );
      if (Object.hasOwn(known, key)) put(key, this.check(known[key]!, item, inner, depth + 1));
      else if (patterns.length > 0)
        put(
          key,
          patterns.reduce((one: PlainJson, [, rule]) => this.check(rule, one, inner, depth + 1), item),
        );
      else if (schema.additionalProperties === false) {
        const names = Object.keys(known);
        const owner = pointer === '' ? '' : ` in ${at}`;
        const all = names.length > 0 ? `it takes ${names.slice(0, 12).join(', ')}` : undefined;
        this.fail('unknown-key', `unknown key '${key}'${owner}`, inner, didYouMean(key, names) ?? all, true);
      } else put(key, this.check(schema.additionalProperties ?? true, item, inner, depth + 1));
    }
    for (const key of schema.required ?? [])
      if (!Object.hasOwn(value, key)) this.fail('validation', `${at} needs '${key}'`, pointer);
    if (this.options.defaults !== false)
      for (const [key, one] of Object.entries(known))
        if (!Object.hasOwn(value, key) && this.resolve(one).default !== undefined)
          put(key, structuredClone(this.resolve(one).default!));
    return checked;
  }

  name(schema: JsonSchema, key: string, pointer: JsonPointer): void {
    const before = this.problems;
    this.problems = [];
    this.check(schema, key, pointer);
    const wrong = this.problems.length > 0;
    this.problems = before;
    if (wrong) {
      const help = schema.pattern ? `it must match ${schema.pattern}` : undefined;
      this.fail('unknown-key', `'${key}' cannot be a key here`, pointer, help, true);
    }
  }

  /** What a branch makes of a value, without telling. */
  attempt(schema: JsonSchema, value: PlainJson, pointer: JsonPointer, depth: number): Validated {
    const before = this.problems;
    this.problems = [];
    const result = { value: this.check(schema, value, pointer, depth + 1), problems: this.problems };
    this.problems = before;
    return result;
  }

  combined(schema: JsonSchema, value: PlainJson, pointer: JsonPointer, depth: number): PlainJson {
    let checked = value;
    for (const one of schema.allOf ?? []) checked = this.check(one, checked, pointer, depth + 1);
    const branches = schema.anyOf ?? schema.oneOf;
    if (branches) {
      const tried = branches.map((one) => this.attempt(one, checked, pointer, depth));
      // A branch that takes the value as it stands goes before one that converts it.
      const fits = tried.filter((one) => one.problems.length === 0);
      const asIs = fits.find((one) => JSON.stringify(one.value) === JSON.stringify(checked));
      const best = asIs ?? fits[0];
      if (best) checked = best.value;
      else {
        // The branch that got deepest knows best what was meant.
        const rank = (one: Validated) =>
          Math.max(...one.problems.map((problem) => problem.fullKey?.length ?? 0)) * 100 -
          one.problems.length;
        const [nearest] = [...tried].sort((a, b) => rank(b) - rank(a));
        const own = nearest!.problems.every((problem) => problem.message.includes(' must be '));
        const types = branches.flatMap((one) => this.resolve(one).type ?? []);
        const deep = nearest!.problems.some((problem) => (problem.fullKey?.length ?? 0) > pointer.length);
        if (own && !deep && types.length === branches.length)
          this.fail(
            'validation',
            `${pointer === '' ? 'the value' : `'${lastKey(pointer)}'`} must be ${[...new Set(types)].map((type) => TYPE_NAMES[type]).join(' or ')}, not ${describeJson(checked)}`,
            pointer,
          );
        else this.problems.push(...nearest!.problems);
      }
    }
    if (schema.not && this.attempt(schema.not, checked, pointer, depth).problems.length === 0)
      this.fail('validation', `'${lastKey(pointer)}' has a value that is ruled out`, pointer);
    return checked;
  }
}

const lastKey = (pointer: JsonPointer): string =>
  pointer
    .slice(pointer.lastIndexOf('/') + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');

/**
 * Checks the value at `pointer` against a JSON Schema. The result is a new value: texts converted, defaults put
 * in. Problems are located, sorted, and never stop the check.
 */
export function validate(
  schema: JsonSchema,
  config: Config,
  pointer: JsonPointer = '',
  options: ValidateOptions = {},
): Validated {
  const validator = new Validator(schema, config, options);
  const value = validator.check(schema, (valueAt(config.value, pointer) ?? null) as PlainJson, pointer);
  return { value, problems: sortProblems(validator.problems) };
}
