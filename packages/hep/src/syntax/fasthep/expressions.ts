import { type CallNode, children, type Expression, ExpressionError, names, parse } from '@fasthep/expression';
import { type Arguments, type Edit, replace, sourced, type TextMap } from '@fasthep/flow';

/** What `nth` and its like give for a row that has too few: a default of their own. */
const DEFAULT = '0.0';

function callsIn(node: Expression): CallNode[] {
  const inner = children(node).flatMap(callsIn);
  return node.kind === 'call' ? [...inner, node] : inner;
}

/** Functions of the Python packages that are spelled otherwise here. */
const REWRITES: Record<string, (args: string[]) => string> = {
  nth: ([x = '', n = '0', fill = DEFAULT]) => `fill_none((${x})[${n}], ${fill})`,
  leading: ([x = '', fill = DEFAULT]) => `fill_none((${x})[0], ${fill})`,
  subleading: ([x = '', fill = DEFAULT]) => `fill_none((${x})[1], ${fill})`,
  pad_none: ([x = '', n = '1']) => `pad(${x}, ${n})`,
};

/** `&&`, `||` and `!`, outside texts. */
function operators(text: string): Edit[] {
  const edits: Edit[] = [];
  for (const match of text.matchAll(/'[^']*'|"[^"]*"|&&|\|\||!(?!=)/g)) {
    const start = match.index;
    const word = { '&&': ' and ', '||': ' or ', '!': ' not ' }[match[0]];
    if (word !== undefined) edits.push({ start, end: start + match[0].length, text: word });
  }
  return edits;
}

/** An expression of the Python packages as one of ours. `left` is the prefix of the stream that has none here. */
export function translate(text: string, left?: string): { text: string; map?: TextMap } {
  let { text: current, map } = replace(text, operators(text));
  try {
    if (left !== undefined) {
      const edits = names(parse(current))
        .filter(({ parts }) => parts[0] === left && parts.length > 1)
        .map(({ start }): Edit => ({ start, end: start + left.length + 1, text: '' }));
      if (edits.length > 0) ({ text: current, map } = replace(current, edits));
    }
    for (let guard = 0; guard < 100; guard++) {
      const call = callsIn(parse(current)).find(({ name }) => Object.hasOwn(REWRITES, name));
      if (!call) break;
      const args = [...call.args, ...call.named.map(({ value }) => value)].map(({ start, end }) =>
        current.slice(start, end),
      );
      current = current.slice(0, call.start) + REWRITES[call.name]!(args) + current.slice(call.end);
      map = [[0, 0]];
    }
  } catch (error) {
    // What cannot be read is told when its operator reads it, at its place.
    if (!(error instanceof ExpressionError)) throw error;
  }
  return map ? { text: current, map } : { text: current };
}

/** The same as an argument with its place. */
export function expression(text: string, at: string, left?: string): Arguments {
  const made = translate(text, left);
  return sourced(made.text, at, made.map);
}
