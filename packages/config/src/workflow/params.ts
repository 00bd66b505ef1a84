import { didYouMean } from '@fasthep/expression';
import { originOf } from '../origin/make.ts';
import type { Place } from '../origin/source.ts';
import type { Code } from '../problem/codes.ts';
import { ConfigProblem } from '../problem/problem.ts';
import { convertLeaf } from '../tree/convert.ts';
import type { Node } from '../tree/node.ts';
import {
  attach,
  copyNode,
  entriesOf,
  isContainer,
  isInterpolation,
  itemsOf,
  MapNode,
  ValueNode,
} from '../tree/node.ts';
import type { TypeRef } from '../tree/types.ts';
import { scalarEqual } from '../value/scalar.ts';
import { scalarText } from '../value/text.ts';

const LEAVES: Record<string, TypeRef> = {
  string: { kind: 'str', optional: false },
  int: { kind: 'int', optional: false },
  float: { kind: 'float', optional: false },
  bool: { kind: 'bool', optional: false },
  path: { kind: 'str', optional: false },
};
const TYPES = [...Object.keys(LEAVES), 'list', 'map'];
const WORDS = ['type', 'default', 'options', 'pattern', 'help'];

const child = (node: Node | undefined, key: string): Node | undefined =>
  node?.kind === 'map' ? entriesOf(node).get(key) : undefined;
const text = (node: Node | undefined): string | undefined =>
  node?.kind === 'value' && typeof node.value === 'string' ? node.value : undefined;

/** The values of a file's `params`, from what `with` gives and the defaults; and everything wrong with them. */
export function bindParams(
  declared: Node | undefined,
  given: Node | undefined,
  usedAt: Place | undefined,
): { scope: MapNode | undefined; problems: ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  const fail = (
    message: string,
    place: Place | undefined,
    declaredAt?: Place,
    help?: string,
    code: Code = 'params',
  ) =>
    problems.push(
      new ConfigProblem(code, message, {
        help,
        origin: place && originOf(place),
        related: declaredAt
          ? [{ message: 'the parameter is declared here', origin: originOf(declaredAt) }]
          : [],
      }),
    );
  const names = declared?.kind === 'map' ? [...entriesOf(declared).keys()].map(String) : [];
  if (given && given.kind !== 'map') fail("'with' is a map of parameter names and values", given.place);
  if (given?.kind === 'map')
    for (const [name, value] of entriesOf(given))
      if (!names.includes(String(name)))
        fail(
          `the file has no parameter '${name}'`,
          value.keyPlace ?? value.place,
          undefined,
          didYouMean(String(name), names) ??
            (names.length > 0 ? `it has ${names.join(', ')}` : 'it declares none'),
        );
  if (!declared) return { scope: undefined, problems };
  if (declared.kind !== 'map') {
    fail("'params' is a map of names", declared.place);
    return { scope: undefined, problems };
  }
  const scope = new MapNode(new Map(), declared.place);
  for (const [key, spec] of entriesOf(declared)) {
    const name = String(key);
    const value = child(given, name) ?? child(spec, 'default');
    if (spec.kind === 'map')
      for (const [word, node] of entriesOf(spec))
        if (!WORDS.includes(String(word)))
          fail(
            `unknown key '${word}' of the parameter '${name}'`,
            node.keyPlace,
            undefined,
            didYouMean(String(word), WORDS),
            'unknown-key',
          );
    if (!value) {
      const help = `give it: with: {${name}: ...}`;
      fail(`the parameter '${name}' is not set`, usedAt ?? spec.keyPlace, usedAt && spec.keyPlace, help);
      continue;
    }
    const bound = copyNode(value);
    const wrong = checkParam(name, spec, bound);
    if (wrong) fail(...wrong);
    attach(scope, name, bound);
    entriesOf(scope).set(name, bound);
  }
  return { scope, problems };
}

/** What is wrong with a parameter's value: message, place, place of the declaration, help. */
type Wrong = [message: string, place: Place | undefined, declaredAt?: Place, help?: string];

function checkParam(name: string, spec: Node, value: Node): Wrong | undefined {
  const type = text(child(spec, 'type')) ?? 'string';
  if (isInterpolation(value)) return undefined;
  const declaredAt = spec.keyPlace;
  if (!TYPES.includes(type))
    return [
      `'${type}' is not a type of parameters`,
      child(spec, 'type')?.place,
      undefined,
      didYouMean(type, TYPES) ?? `one of ${TYPES.join(', ')}`,
    ];
  if (type === 'list' || type === 'map') {
    if (value.kind !== type) return [`the parameter '${name}' must be a ${type}`, value.place, declaredAt];
    return undefined;
  }
  if (value.kind !== 'value')
    return [`the parameter '${name}' must be of type ${type}, not a ${value.kind}`, value.place, declaredAt];
  // A number is a fine text, but a text is no number: what the file says is what is meant.
  const wrong = type !== 'string' && type !== 'path' && typeof value.value === 'string';
  try {
    if (!wrong) value.value = convertLeaf(LEAVES[type]!, value.value);
  } catch {
    return [
      `the parameter '${name}' must be of type ${type}, not '${scalarText(value.value)}'`,
      value.place,
      declaredAt,
    ];
  }
  if (wrong)
    return [`the parameter '${name}' must be of type ${type}, not '${value.value}'`, value.place, declaredAt];
  const options = child(spec, 'options');
  if (options?.kind === 'list') {
    const allowed = itemsOf(options).flatMap((item) => (item.kind === 'value' ? [item.value] : []));
    if (!allowed.some((one) => scalarEqual(one, value.value)))
      return [
        `'${scalarText(value.value)}' is not an option of the parameter '${name}'`,
        value.place,
        declaredAt,
        `one of ${allowed.map(scalarText).join(', ')}`,
      ];
  }
  const pattern = text(child(spec, 'pattern'));
  if (pattern !== undefined && typeof value.value === 'string') {
    let rule: RegExp;
    try {
      rule = new RegExp(`^(?:${pattern})$`, 'u');
    } catch {
      return [
        `the pattern of the parameter '${name}' is no regular expression`,
        child(spec, 'pattern')?.place,
      ];
    }
    if (!rule.test(value.value))
      return [
        `'${value.value}' does not fit the parameter '${name}'`,
        value.place,
        declaredAt,
        `it must match ${pattern}`,
      ];
  }
  return undefined;
}

/** Lets every interpolation of a file find its parameters. */
export function setScope(node: Node, scope: MapNode): void {
  if (node instanceof ValueNode || !isContainer(node) || typeof node.content === 'string')
    node.scope ??= scope;
  if (isContainer(node)) {
    if (node.kind === 'map') for (const one of entriesOf(node).values()) setScope(one, scope);
    else for (const one of itemsOf(node)) setScope(one, scope);
  }
}
