import { BINDING, CHOICE, COMPARISON, NOT, POSTFIX, UNARY } from '../tree/precedence.ts';
import type { Expression } from '../tree/types.ts';

const PLAIN = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const WORDS = new Set(['and', 'or', 'not', 'in', 'is', 'if', 'else', 'lambda', 'True', 'False', 'None']);

/** A name as it must be written: in backquotes if it is not plain. */
export function printName(name: string): string {
  return PLAIN.test(name) && !WORDS.has(name) && !name.startsWith('__') ? name : `\`${name}\``;
}

const SPECIAL: Record<string, string> = { '\\': '\\\\', "'": "\\'", '\n': '\\n', '\t': '\\t', '\r': '\\r' };

/** A text in single quotes. */
export function printText(value: string): string {
  let out = '';
  for (let i = 0; i < value.length; i++) {
    const char = value[i]!;
    const code = value.charCodeAt(i);
    if (Object.hasOwn(SPECIAL, char)) out += SPECIAL[char];
    else if (code < 32 || code === 127) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else out += char;
  }
  return `'${out}'`;
}

/** A float that reads back as the same float. */
function printFloat(value: number): string {
  const text = String(value);
  if (text === 'Infinity') return '1e999';
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function level(node: Expression): number {
  if (node.kind === 'choice') return CHOICE;
  if (node.kind === 'binary') return BINDING[node.op];
  if (node.kind === 'compare') return COMPARISON;
  if (node.kind === 'unary') return node.op === 'not' ? NOT : UNARY;
  return POSTFIX;
}

function bits(node: Expression): boolean {
  return node.kind === 'binary' && (node.op === '&' || node.op === '|' || node.op === '^');
}

/** Text of `node`, in brackets if it binds looser than `least`. */
function part(node: Expression, least: number): string {
  const text = print(node);
  return level(node) < least ? `(${text})` : text;
}

/**
 * The canonical text of a tree: equal trees give equal texts, and `parse(print(tree))` is the tree again but for
 * positions. Only the brackets that are needed, single quotes, one space around operators.
 */
export function print(node: Expression): string {
  switch (node.kind) {
    case 'integer':
      return String(node.value);
    case 'float':
      return printFloat(node.value);
    case 'text':
      return printText(node.value);
    case 'constant':
      return node.value === null ? 'None' : node.value ? 'True' : 'False';
    case 'list':
      return `[${node.items.map(print).join(', ')}]`;
    case 'name':
      return printName(node.name);
    case 'member': {
      const name = /^\d+$/.test(node.name) && !node.quoted ? node.name : printName(node.name);
      // `1 .x` cannot be written without brackets: the dot would be a decimal one.
      const of =
        node.of.kind === 'integer' || node.of.kind === 'float'
          ? `(${print(node.of)})`
          : part(node.of, POSTFIX);
      return `${of}.${name}`;
    }
    case 'index':
      return `${part(node.of, POSTFIX)}[${print(node.index)}]`;
    case 'slice':
      return `${part(node.of, POSTFIX)}[${node.from ? print(node.from) : ''}:${node.to ? print(node.to) : ''}]`;
    case 'unary':
      if (node.op === 'not') return `not ${part(node.of, NOT)}`;
      return `${node.op}${part(node.of, UNARY)}`;
    case 'binary': {
      const binding = BINDING[node.op];
      if (node.op === '**') return `${part(node.left, POSTFIX)} ** ${part(node.right, UNARY)}`;
      return `${part(node.left, binding)} ${node.op} ${part(node.right, binding + 1)}`;
    }
    case 'compare': {
      // In a chain, bit operators keep their brackets: without them the parser refuses.
      const operand = (one: Expression) =>
        node.rest.length > 1 && bits(one) ? `(${print(one)})` : part(one, COMPARISON + 1);
      return operand(node.first) + node.rest.map((one) => ` ${one.op} ${operand(one.right)}`).join('');
    }
    case 'choice':
      return `${part(node.yes, CHOICE + 1)} if ${part(node.test, CHOICE + 1)} else ${part(node.no, CHOICE)}`;
    case 'call': {
      const named = node.named.map((one) => `${one.name}=${print(one.value)}`);
      return `${node.name}(${[...node.args.map(print), ...named].join(', ')})`;
    }
  }
}
