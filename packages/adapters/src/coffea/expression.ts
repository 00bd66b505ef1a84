/** Expressions on fields → Python on awkward arrays. */
import { type Expression, parse, print } from '@fasthep/expression';
import { Untranslatable } from './refusal.ts';
import { componentName } from './scope.ts';

/** Gives names their meaning. */
export interface Names {
  /** Python for a name of a field; the parts that it did not use are members. */
  field(parts: readonly string[]): { code: string; rest: readonly string[] };
  /** Functions of the workflow itself. */
  functions: ReadonlySet<string>;
}

/** Python for an expression's text. Throws `Untranslatable`. */
export function pythonOf(text: string, names: Names): string {
  return code(parse(text), names);
}

const NUMPY: Record<string, string> = {
  abs: 'np.abs',
  sqrt: 'np.sqrt',
  exp: 'np.exp',
  log: 'np.log',
  log10: 'np.log10',
  sin: 'np.sin',
  cos: 'np.cos',
  tan: 'np.tan',
  asin: 'np.arcsin',
  acos: 'np.arccos',
  atan: 'np.arctan',
  sinh: 'np.sinh',
  cosh: 'np.cosh',
  tanh: 'np.tanh',
  hypot: 'np.hypot',
  atan2: 'np.arctan2',
  floor: 'np.floor',
  ceil: 'np.ceil',
  round: 'np.round',
  isnan: 'np.isnan',
  isfinite: 'np.isfinite',
  isinf: 'np.isinf',
};
const REDUCED: Record<string, string> = {
  sum: 'ak.sum',
  prod: 'ak.prod',
  mean: 'ak.mean',
  std: 'ak.std',
  any: 'ak.any',
  all: 'ak.all',
  min: 'ak.min',
  max: 'ak.max',
  argmin: 'ak.argmin',
  argmax: 'ak.argmax',
  count: 'ak.count',
  count_nonzero: 'ak.count_nonzero',
};
const COMPONENT: Record<string, string> = {
  pt: 'pt',
  eta: 'eta',
  phi: 'phi',
  mass: 'mass',
  px: 'px',
  py: 'py',
  pz: 'pz',
  energy: 'E',
  p: 'p',
};
const TYPES: Record<string, string> = {
  float32: 'np.float32',
  float64: 'np.float64',
  int: 'np.int64',
  bool: 'bool',
};

function code(node: Expression, names: Names): string {
  const of = (one: Expression) => code(one, names);
  switch (node.kind) {
    case 'integer':
      return String(node.value);
    case 'float':
      return Number.isInteger(node.value) && Math.abs(node.value) < 1e15
        ? node.value.toFixed(1)
        : String(node.value);
    case 'text':
      return JSON.stringify(node.value);
    case 'constant':
      return node.value === null ? 'None' : node.value ? 'True' : 'False';
    case 'list':
      return `[${node.items.map(of).join(', ')}]`;
    case 'name':
    case 'member':
      return named(node, names);
    case 'index': {
      const { index } = node;
      const place =
        index.kind === 'integer'
          ? String(index.value)
          : index.kind === 'unary' && index.op === '-' && index.of.kind === 'integer'
            ? `-${index.of.value}`
            : undefined;
      return place === undefined
        ? `helpers.pick(${of(node.of)}, ${of(index)})`
        : `helpers.item(${of(node.of)}, ${place})`;
    }
    case 'slice':
      return `${of(node.of)}[:, ${node.from ? of(node.from) : ''}:${node.to ? of(node.to) : ''}]`;
    case 'unary':
      return node.op === 'not' || node.op === '~' ? `~(${of(node.of)})` : `${node.op}(${of(node.of)})`;
    case 'binary': {
      const op = node.op === 'and' ? '&' : node.op === 'or' ? '|' : node.op;
      return `(${of(node.left)} ${op} ${of(node.right)})`;
    }
    case 'compare':
      return compared(node, names);
    case 'choice':
      return `ak.where(${of(node.test)}, ${of(node.yes)}, ${of(node.no)})`;
    case 'call':
      return called(node, names);
  }
}

function compared(node: Extract<Expression, { kind: 'compare' }>, names: Names): string {
  let left = node.first;
  const parts = node.rest.map(({ op, right }) => {
    const [a, b] = [code(left, names), code(right, names)];
    left = right;
    if (op === 'is') return `helpers.missing(${a})`;
    if (op === 'is not') return `~helpers.missing(${a})`;
    if (op === 'in') return `helpers.one_of(${a}, ${b})`;
    if (op === 'not in') return `~helpers.one_of(${a}, ${b})`;
    return `(${a} ${op} ${b})`;
  });
  return parts.length === 1 ? parts[0]! : `(${parts.join(' & ')})`;
}

/** A name with its members. */
function named(node: Expression, names: Names): string {
  const path: string[] = [];
  let at = node;
  while (at.kind === 'member') {
    path.unshift(at.name);
    at = at.of;
  }
  if (at.kind !== 'name') return members(code(at, names), path);
  const { code: base, rest } = names.field([at.name, ...path]);
  return members(base, rest);
}

function members(base: string, path: readonly string[]): string {
  return path.reduce(
    (text, name) =>
      /^[A-Za-z_]\w*$/.test(name) ? `${text}.${componentName(name)}` : `${text}[${JSON.stringify(name)}]`,
    base,
  );
}

function called(node: Extract<Expression, { kind: 'call' }>, names: Names): string {
  const { name } = node;
  const args = node.args.map((one) => code(one, names));
  const option = (key: string) => {
    const found = node.named.find((one) => one.name === key);
    return found && code(found.value, names);
  };
  const known = (...keys: string[]) => {
    const other = node.named.find((one) => !keys.includes(one.name));
    if (other)
      throw new Untranslatable(`'${other.name}=' of ${name}() in '${print(node)}' has no translation`);
  };
  if (names.functions.has(name)) return `self.${name}(${args.join(', ')})`;
  if ((name === 'min' || name === 'max') && args.length > 1) {
    known();
    return args.reduce((a, b) => `np.${name}imum(${a}, ${b})`);
  }
  if (Object.hasOwn(REDUCED, name) && args.length === 1) {
    known('default');
    const text = `${REDUCED[name]}(${args[0]}, axis=-1)`;
    const other = option('default');
    return other === undefined ? text : `ak.fill_none(${text}, ${other})`;
  }
  if (name === 'nanmin' || name === 'nanmax' || name === 'nansum') {
    known('default');
    if (name !== 'nansum' && args.length > 1)
      return args.reduce((a, b) => `np.f${name.slice(3)}(${a}, ${b})`);
    const text = `ak.${name}(${args[0]}, axis=-1)`;
    const other = option('default');
    return other === undefined ? text : `ak.fill_none(${text}, ${other})`;
  }
  if (Object.hasOwn(COMPONENT, name) && args.length === 1) return `${args[0]}.${COMPONENT[name]}`;
  if (Object.hasOwn(TYPES, name) && args.length === 1) return `ak.values_astype(${args[0]}, ${TYPES[name]})`;
  if (Object.hasOwn(NUMPY, name)) {
    known();
    return `${NUMPY[name]}(${args.join(', ')})`;
  }
  switch (name) {
    case 'where':
      return `ak.where(${args.join(', ')})`;
    case 'clip':
      return `np.minimum(np.maximum(${args[0]}, ${args[1]}), ${args[2]})`;
    case 'fill_none':
      return `ak.fill_none(${args[0]}, ${args[1]}, axis=-1)`;
    case 'mask':
      return `ak.mask(${args[0]}, ${args[1]})`;
    case 'num':
    case 'len':
      return `helpers.num(${args[0]})`;
    case 'sort':
    case 'argsort': {
      known('ascending');
      const ascending = option('ascending') ?? args[1] ?? 'True';
      return `ak.${name}(${args[0]}, axis=-1, ascending=${ascending}, stable=True)`;
    }
    case 'local_index':
      return `ak.local_index(${args[0]}, axis=-1)`;
    case 'concat':
      return `helpers.join(${args.join(', ')})`;
    case 'pad': {
      known('clip');
      return `ak.pad_none(${args[0]}, ${args[1]}, axis=-1, clip=${option('clip') ?? args[2] ?? 'False'})`;
    }
    case 'combinations':
      return `ak.combinations(${args[0]}, ${args[1]}, axis=1)`;
    case 'cartesian':
      return `ak.cartesian([${args.join(', ')}], axis=1, nested=${option('nested') ?? 'False'})`;
    case 'nearest':
      return `helpers.nearest(${[...args, ...(option('max') ? [option('max')!] : [])].join(', ')})`;
    case 'delta_r':
    case 'delta_phi':
    case 'delta_eta':
      return `helpers.${name}(${args.join(', ')})`;
    case 'nanargmin':
    case 'nanargmax':
      if (args.length === 1) return `helpers.${name.slice(3)}(${args[0]})`;
      break;
    case 'ones_like':
    case 'zeros_like':
      return `ak.${name}(${args[0]})`;
    case 'zip':
      return `ak.zip({${node.named.map((one) => `${JSON.stringify(one.name)}: ${code(one.value, names)}`).join(', ')}})`;
  }
  throw new Untranslatable(`the function ${name}() in '${print(node)}' has no translation`);
}
