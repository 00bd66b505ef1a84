/** Operations of the OmegaConf vectors. */
import * as config from '@fasthep/config';
import { decode, encode, type Json, type Types } from './codec.ts';
import { vectorContext } from './resolvers.ts';
import { typeNamed, typesOf } from './types.ts';

// biome-ignore lint/suspicious/noExplicitAny: inputs have one shape for each operation
type Input = any;
export type Result = Record<string, Json>;

const { MapNode, ListNode } = config;

export class Bench {
  readonly input: Input;
  readonly types: Types;
  readonly context: config.ResolveContext;

  constructor(input: Input) {
    this.input = input;
    this.types = typesOf(input);
    const env: Record<string, string | undefined> = { ...process.env };
    for (const [name, value] of Object.entries(input.env ?? {}))
      env[name] = (value as string | null) ?? undefined;
    this.context = vectorContext(env);
  }

  dec(value: Json): unknown {
    return decode(value, this.types);
  }

  create(value: Json): config.Container {
    const given = this.dec(value);
    if (given === null) return new MapNode(null);
    if (typeof given === 'string') return config.createFromText(given);
    if (given instanceof config.StructDefault)
      return config.structNode(
        given.struct,
        { kind: 'struct', of: given.struct, optional: false },
        this.context,
      );
    const node = config.wrap(config.ANY, given, this.context);
    if (!config.isContainer(node)) throw new config.ConfigProblem('validation', 'not a config');
    return node;
  }

  cont(value: unknown, resolve = false, throwOnMissing = false): Json {
    if (value instanceof MapNode || value instanceof ListNode || value instanceof config.ValueNode)
      return encode(config.toContainer(value, this.context, { resolve, throwOnMissing }));
    return encode(value);
  }

  walk(root: config.Container, path: Json[]): unknown {
    let at: unknown = root;
    for (const key of path) {
      if (!(at instanceof MapNode) && !(at instanceof ListNode)) {
        if (at instanceof config.Opaque) {
          const inner = at.value instanceof Map ? at.value.get(this.dec(key)) : at.value[key as number];
          if (inner === undefined) throw new config.ConfigProblem('key', 'absent');
          at = Array.isArray(inner) || inner instanceof Map ? new config.Opaque(inner) : inner;
          continue;
        }
        throw new config.ConfigProblem('type', 'not a container');
      }
      at = config.get(at, this.dec(key), this.context);
    }
    return at;
  }

  container(root: config.Container, path: Json[]): config.Container {
    const found = this.walk(root, path);
    if (found instanceof MapNode || found instanceof ListNode) return found;
    throw new config.ConfigProblem('type', 'not a container');
  }
}

/** Runs the steps of one vector; a failing step is told by its index. */
export class StepFailed extends Error {
  readonly step: number;
  constructor(step: number, cause: unknown) {
    super('step failed', { cause });
    this.step = step;
  }
}

function runSteps(
  bench: Bench,
  start: config.Container,
  steps: Input[],
): { root: config.Container; out: unknown } {
  const { context } = bench;
  let root = start;
  let out: unknown = null;
  for (const [index, step] of steps.entries()) {
    const [[name, a]] = Object.entries(step) as [[string, Input]];
    try {
      switch (name) {
        case 'set':
        case 'setattr': {
          const parent = bench.container(root, a[0].slice(0, -1));
          if (name === 'setattr' && parent.kind === 'list')
            throw new config.ConfigProblem('key', 'lists have no attributes');
          config.set(parent, bench.dec(a[0].at(-1)), bench.dec(a[1]), context);
          break;
        }
        case 'update': {
          const { merge, force_add: forceAdd } = a[2] ?? {};
          config.update(root, a[0], bench.dec(a[1]), context, { merge, forceAdd });
          break;
        }
        case 'merge':
          root = config.merge([root, bench.create(a)], context);
          break;
        case 'merge_with':
          config.mergeInto(root, bench.create(a), context);
          break;
        case 'dotlist':
          config.mergeDotlist(root, a, context);
          break;
        case 'delete':
          config.remove(bench.container(root, a.slice(0, -1)), bench.dec(a.at(-1)));
          break;
        case 'pop':
          out = config.pop(bench.container(root, a.slice(0, -1)), bench.dec(a.at(-1)), context);
          break;
        case 'append':
        case 'insert':
        case 'extend': {
          const list = bench.container(root, a[0]);
          if (list.kind !== 'list') throw new config.ConfigProblem('key', 'a map has no such method');
          if (name === 'append') config.append(list, bench.dec(a[1]), context);
          else if (name === 'insert') config.insert(list, a[1], bench.dec(a[2]), context);
          else for (const item of bench.dec(a[1]) as unknown[]) config.append(list, item, context);
          break;
        }
        case 'clear':
          config.clear(bench.container(root, a));
          break;
        case 'get':
          out = bench.walk(root, a);
          break;
        case 'get_default':
          out = config.getOr(bench.container(root, a[0].slice(0, -1)), bench.dec(a[0].at(-1)), a[1], context);
          break;
        case 'contains':
          out = config.has(bench.container(root, a[0]), bench.dec(a[1]), context);
          break;
        case 'len': {
          const { content } = bench.container(root, a);
          out = Array.isArray(content) ? content.length : content instanceof Map ? content.size : 0;
          break;
        }
        case 'keys': {
          const { content } = bench.container(root, a);
          out = content instanceof Map ? [...content.keys()] : [];
          break;
        }
        case 'is_missing':
        case 'is_interpolation': {
          const parent = bench.container(root, a.slice(0, -1));
          const child = Array.isArray(parent.content)
            ? parent.content[a.at(-1)]
            : parent.content instanceof Map
              ? parent.content.get(a.at(-1))
              : undefined;
          out = child
            ? name === 'is_missing'
              ? config.isMissing(child)
              : config.isInterpolation(child)
            : false;
          break;
        }
        case 'set_readonly':
        case 'set_struct': {
          const node = bench.container(root, a[0]);
          node.flags = { ...node.flags, [name.slice(4)]: a[1] ?? undefined };
          break;
        }
        case 'select':
          out = config.select(root, a, context) ?? null;
          break;
        case 'resolve':
          config.resolveAll(root, context);
          break;
        case 'open_dict':
        case 'read_write': {
          const node = bench.container(root, a[0]);
          const flags = name === 'open_dict' ? { struct: false } : { readonly: false };
          ({ root, out } = config.withFlags(node, flags, () => runSteps(bench, root, a[1])));
          break;
        }
        default:
          throw new Error(`unknown step ${name}`);
      }
    } catch (error) {
      // Of steps within a step the inner one is told.
      throw error instanceof StepFailed ? error : new StepFailed(index, error);
    }
  }
  return { root, out };
}

const READS = [
  'get',
  'get_default',
  'contains',
  'len',
  'keys',
  'pop',
  'is_missing',
  'is_interpolation',
  'select',
];

export const OPERATIONS: Record<string, (bench: Bench) => Result> = {
  'oc.yaml_load'(bench) {
    const { yaml, via } = bench.input;
    const node = via === 'create' ? config.createFromText(yaml) : config.load(yaml, { mode: 'omegaconf' });
    return {
      value: bench.cont(config.wrap(config.ANY, config.toContainer(node, bench.context), bench.context)),
    };
  },
  'oc.create': (bench) => ({ value: bench.cont(bench.create(bench.input.config)) }),
  'oc.dotlist'(bench) {
    const { base, args } = bench.input;
    const root = base === undefined || base === null ? new MapNode() : bench.create(base);
    config.mergeDotlist(root, args, bench.context);
    return { value: bench.cont(root) };
  },
  'oc.expr'(bench) {
    const { rule, expr } = bench.input;
    const root = bench.create(bench.input.config);
    const holder = new config.ValueNode(rule === 'element' ? null : expr);
    holder.parent = root;
    const value =
      rule === 'element'
        ? config.evaluateElement(config.parseElement(expr), holder, bench.context)
        : config.dereference(forced(holder), bench.context);
    return { value: bench.cont(value, true) };
  },
  'oc.get'(bench) {
    const { path, repeat, resolve } = bench.input;
    const root = bench.create(bench.input.config);
    const first = bench.walk(root, path);
    if (repeat)
      return { value: Array.from({ length: repeat }, () => bench.cont(bench.walk(root, path), true)) };
    return { value: bench.cont(first, resolve ?? true) };
  },
  'oc.resolve'(bench) {
    const root = bench.create(bench.input.config);
    config.resolveAll(root, bench.context);
    return { value: bench.cont(root) };
  },
  'oc.select'(bench) {
    const {
      key,
      from,
      struct,
      throw_on_missing: throwOnMissing,
      throw_on_resolution_failure: throwOnResolve,
    } = bench.input;
    const root = bench.create(bench.input.config);
    if (struct) root.flags = { struct: true };
    const found = config.select(bench.container(root, from ?? []), key, bench.context, {
      throwOnMissing,
      throwOnResolve,
    });
    const value = found === undefined && 'default' in bench.input ? bench.dec(bench.input.default) : found;
    return { value: bench.cont(value, true) };
  },
  'oc.update'(bench) {
    const { key, value, merge, force_add: forceAdd, struct } = bench.input;
    const root = bench.create(bench.input.config);
    if (struct) root.flags = { struct: true };
    config.update(root, key, bench.dec(value), bench.context, { merge, forceAdd });
    return { value: bench.cont(root) };
  },
  'oc.merge'(bench) {
    const { configs, flags, resolve, list_merge_mode: mode } = bench.input;
    const nodes = (configs as Json[]).map((one) => bench.create(one));
    for (const [flag, value] of Object.entries(flags ?? {}))
      nodes[0]!.flags = { ...nodes[0]!.flags, [flag]: value as boolean };
    const lists = mode
      ? ({ extend: 'append', extend_unique: 'unique' }[mode as string] as 'append')
      : 'replace';
    return { value: bench.cont(config.merge(nodes, bench.context, { lists }), resolve) };
  },
  'oc.to_yaml'(bench) {
    const { resolve, sort_keys: sortKeys } = bench.input;
    return { yaml: config.toYaml(bench.create(bench.input.config), bench.context, { resolve, sortKeys }) };
  },
  'oc.to_container'(bench) {
    const { resolve, throw_on_missing: throwOnMissing, enum_to_str: enumToText } = bench.input;
    return {
      value: encode(
        config.toContainer(bench.create(bench.input.config), bench.context, {
          resolve,
          throwOnMissing,
          enumToText,
        }),
      ),
    };
  },
  'oc.masked_copy'(bench) {
    const { keys } = bench.input;
    return {
      value: bench.cont(
        config.maskedCopy(bench.create(bench.input.config), Array.isArray(keys) ? keys : [keys]),
      ),
    };
  },
  'oc.missing_keys': (bench) => ({
    value: config.missingKeys(bench.create(bench.input.config), bench.context),
  }),
  'oc.steps'(bench) {
    const { input } = bench;
    const start = 'root' in input ? bench.create({ $schema: input.root }) : bench.create(input.config);
    for (const [path, flags] of Object.entries(input.flags ?? {})) {
      const node = bench.container(
        start,
        path.split('.').filter((key) => key !== ''),
      );
      node.flags = { ...node.flags, ...(flags as object) };
    }
    const { root, out } = runSteps(bench, start, input.steps);
    const result: Result = { value: bench.cont(root, input.resolve, input.throw_on_missing) };
    if ((input.steps as object[]).some((step) => READS.includes(Object.keys(step)[0]!)))
      result.out = bench.cont(out);
    if (input.yaml) result.yaml = config.toYaml(root, bench.context);
    return result;
  },
  'oc.convert'(bench) {
    const { how, type, value, yaml, args } = bench.input;
    const holder: config.StructType = {
      name: 'Holder',
      bases: [],
      fields: [{ name: 'x', type: typeNamed(type, bench.types) }],
    };
    holder.bases = [holder];
    let root: config.Container = config.structNode(
      holder,
      { kind: 'struct', of: holder, optional: false },
      bench.context,
    );
    if (how === 'assign') config.set(root, 'x', bench.dec(value), bench.context);
    else if (how === 'yaml')
      root = config.merge([root, config.load(yaml, { mode: 'omegaconf' })], bench.context);
    else if (how === 'dotlist')
      root = config.merge([root, config.fromDotlist(args, bench.context)], bench.context);
    else if (how === 'interp') {
      const base = config.wrap(
        config.ANY,
        new Map<string, unknown>([
          ['holder', root],
          ['src', bench.dec(value)],
        ]),
        bench.context,
      ) as config.Container;
      const inner = config.get(base, 'holder', bench.context) as config.Container;
      config.set(inner, 'x', '${src}', bench.context);
      return { value: bench.cont(config.get(inner, 'x', bench.context), true) };
    }
    return { value: bench.cont(config.get(root, 'x', bench.context)) };
  },
};

/** A text without `${` is read by the grammar all the same. */
function forced(node: config.ValueNode): config.ValueNode {
  if (typeof node.value === 'string' && !node.value.includes('${'))
    node.value = node.value === '' ? '${' : node.value;
  return node;
}
