/** Parts of a processor that need no state: axes of histograms, aggregates, the order of fields. */
import type { AxisSpec, Schema } from '@fasthep/columns';
import { type Expression, parse, names as usedNames } from '@fasthep/expression';
import { canonicalName } from '../fields/type.ts';
import { type Names, pythonOf } from './expression.ts';
import { Untranslatable } from './refusal.ts';
import { columnOf, identifier } from './scope.ts';

const quoted = (text: string) => JSON.stringify(text);

/** The name of an axis, as an argument of `fill`. */
export const axisName = (axis: AxisSpec, index: number) => identifier(axis.name) || `axis_${index}`;

/** Python for an axis. Throws `Untranslatable` where its kind cannot be told. */
export function axisCode(axis: AxisSpec, name: string, schema: Schema): string {
  const more = [
    `name=${quoted(name)}`,
    ...(axis.label === undefined ? [] : [`label=${quoted(axis.label)}`]),
    ...(axis.flow === false ? ['flow=False'] : []),
  ].join(', ');
  if (axis.bins) return `hist.axis.Regular(${axis.bins.join(', ')}, ${more})`;
  if (axis.edges) return `hist.axis.Variable([${axis.edges.join(', ')}], ${more})`;
  const kind = valueKind(parse(axis.field), schema);
  const named = more.replace(', flow=False', '');
  if (kind === 'bool') return `hist.axis.Boolean(${named})`;
  if (kind === 'int') return `hist.axis.IntCategory([], growth=True, ${named})`;
  throw new Untranslatable(
    `the axis '${axis.name}' without bins has no translation`,
    'give it bins or edges',
  );
}

const BOOLEAN = new Set(['any', 'all', 'isnan', 'isfinite', 'isinf', 'bool']);
const WHOLE = new Set(['num', 'len', 'count', 'count_nonzero', 'int']);

/** What the values of a field are, as far as its text and the tree tell. */
function valueKind(node: Expression, schema: Schema): 'bool' | 'int' | 'other' {
  if (node.kind === 'compare' || (node.kind === 'unary' && node.op === 'not')) return 'bool';
  if (node.kind === 'binary' && (node.op === 'and' || node.op === 'or')) return 'bool';
  if (node.kind === 'call') {
    if (BOOLEAN.has(node.name)) return 'bool';
    if (WHOLE.has(node.name)) return 'int';
    return node.name === 'fill_none' && node.args[0] ? valueKind(node.args[0], schema) : 'other';
  }
  const column = node.kind === 'name' ? columnOf(node.name, schema)?.type : undefined;
  const type = column?.kind === 'list' ? column.item : column;
  if (type?.kind === 'bool') return 'bool';
  return type && /int/.test(type.kind) ? 'int' : 'other';
}

/** Python for an aggregate over the events of a mask, which stands in it as MASK. */
export function aggregateCode(text: string, names: Names): string {
  const tree = parse(text);
  if (tree.kind === 'call' && tree.args.length <= 1 && tree.named.length === 0) {
    const [inner] = tree.args;
    const value = () => pythonOf(text.slice(inner!.start, inner!.end), names);
    if (!inner && tree.name === 'count') return 'helpers.counts(MASK, weight)["n"]';
    if (!inner && (tree.name === 'sumw' || tree.name === 'sumw2'))
      return `helpers.counts(MASK, weight)[${quoted(tree.name)}]`;
    if (inner && tree.name === 'count') return `helpers.count(MASK, ${value()})`;
    if (inner && tree.name === 'sum') return `helpers.total(MASK, ${value()})`;
  }
  throw new Untranslatable(
    `the aggregate '${text}' has no translation: count(), count(x), sumw(), sumw2() and sum(x) have one`,
  );
}

/** The names of some fields so that each stands after those that it uses. */
export function byUse(fields: Readonly<Record<string, string>>): string[] {
  const done: string[] = [];
  const visit = (name: string, above: readonly string[]) => {
    if (done.includes(name) || above.includes(name)) return;
    for (const { parts } of usedNames(parse(fields[name]!))) {
      for (const other of Object.keys(fields)) {
        const path = canonicalName(parts.join('.'));
        const key = canonicalName(other);
        const root = key.startsWith(`${path}_`) && !canonicalName(name).startsWith(`${path}_`);
        if (other !== name && (path === key || path.startsWith(`${key}_`) || root))
          visit(other, [...above, name]);
      }
    }
    done.push(name);
  };
  for (const name of Object.keys(fields)) visit(name, []);
  return done;
}
