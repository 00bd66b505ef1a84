import { ExpressionError } from '../errors/errors.ts';
import { BINDING, CHOICE, COMPARISON, NOT, UNARY } from '../tree/precedence.ts';
import type { BinaryOperator, CallNode, CompareOperator, Expression } from '../tree/types.ts';
import { depthOf } from '../tree/walk.ts';
import { refuseBitsInChain } from './bits.ts';
import { type Token, tokenize } from './lexer.ts';

/** Longest text and deepest nesting that are read: what walks a tree may recurse without fear. */
export const LIMITS = { length: 65_536, depth: 300 } as const;

const POWER = BINDING['**'];
const COMPARISONS = new Set(['<', '<=', '>', '>=', '==', '!=', 'in', 'not', 'is']);
const CONSTANTS: Record<string, boolean | null> = { True: true, False: false, None: null };
const RESERVED = new Set(['and', 'or', 'not', 'in', 'is', 'if', 'else', 'lambda']);
const MISSPELT: Record<string, string> = {
  true: 'True',
  false: 'False',
  none: 'None',
  null: 'None',
  nil: 'None',
  AND: 'and',
  OR: 'or',
  NOT: 'not',
};

class Parser {
  private at = 0;
  private depth = 0;
  private readonly tokens: Token[];
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
    this.tokens = tokenize(text);
  }

  whole(): Expression {
    if (this.peek().kind === 'end') this.fail('an expression is missing', this.peek());
    const node = this.expression(0);
    const next = this.peek();
    if (next.kind !== 'end') this.unexpected(next);
    return node;
  }

  private peek(): Token {
    return this.tokens[this.at]!;
  }

  private take(): Token {
    return this.tokens[this.at++]!;
  }

  private is(text: string): boolean {
    const token = this.peek();
    return token.text === text && (token.kind === 'operator' || token.kind === 'name');
  }

  private accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }

  private close(text: string, opened: Token): Token {
    if (this.is(text)) return this.take();
    const token = this.peek();
    if (token.kind === 'end') this.fail(`'${opened.text}' is never closed`, opened, `add '${text}'`);
    return this.unexpected(token, `or is a '${text}' missing before it?`);
  }

  private fail(message: string, token: Token, help?: string): never {
    throw new ExpressionError('syntax', message, [token.start, Math.max(token.end, token.start)], help);
  }

  private unexpected(token: Token, help?: string): never {
    const span: [number, number] = [token.start, token.end];
    if (token.kind === 'end') this.fail('the expression ends too early', token, help);
    if (token.text === '=' && token.kind === 'operator')
      throw new ExpressionError('forbidden', 'expressions do not assign', span, "write '==' to compare");
    if (token.text === 'lambda' && token.kind === 'name')
      throw new ExpressionError('forbidden', 'expressions have no lambda', span, "see 'functions:'");
    const meant = token.kind === 'name' ? MISSPELT[token.text] : undefined;
    if (meant !== undefined) this.fail(`unexpected '${token.text}'`, token, `write '${meant}'`);
    return this.fail(`unexpected '${this.text.slice(token.start, token.end)}'`, token, help);
  }

  private deeper<T>(work: () => T, token: Token): T {
    if (++this.depth > LIMITS.depth)
      throw new ExpressionError(
        'too-deep',
        `nested deeper than ${LIMITS.depth}`,
        [token.start, token.end],
        'split it',
      );
    const result = work();
    this.depth--;
    return result;
  }

  /** Everything that binds at least as tight as `power`. */
  private expression(power: number): Expression {
    return this.deeper(() => this.operators(power), this.peek());
  }

  private operators(power: number): Expression {
    let left = this.prefix(power);
    for (let loops = 0; ; loops++) {
      const token = this.peek();
      if (token.kind === 'end' || (token.kind !== 'operator' && token.kind !== 'name')) return left;
      const op = token.text;
      const next = this.infix(left, op, token, power);
      if (next === undefined) return left;
      if (loops >= LIMITS.depth)
        throw new ExpressionError('too-deep', `more than ${LIMITS.depth} operators in a row`, [
          left.start,
          left.end,
        ]);
      left = next;
    }
  }

  private infix(left: Expression, op: string, token: Token, power: number): Expression | undefined {
    if (token.kind === 'operator') {
      if (op === '.' || op === '[') return this.postfix(left, token);
      if (op === '(') {
        const help = 'only functions can be called, by name';
        throw new ExpressionError('syntax', 'this cannot be called', [left.start, left.end], help);
      }
      if (op === '**') {
        if (power > POWER) return undefined;
        this.take();
        return this.binary('**', left, this.expression(UNARY));
      }
    }
    if (op === 'if' && token.kind === 'name' && power <= CHOICE) return this.choice(left);
    if (COMPARISONS.has(op) && (op !== 'not' || this.tokens[this.at + 1]?.text === 'in')) {
      return power > COMPARISON ? undefined : this.comparison(left);
    }
    const binding = Object.hasOwn(BINDING, op) ? BINDING[op as BinaryOperator] : 0;
    if (binding === 0 || binding < power) return undefined;
    this.take();
    return this.binary(op as BinaryOperator, left, this.expression(binding + 1));
  }

  private binary(op: BinaryOperator, left: Expression, right: Expression): Expression {
    return { kind: 'binary', op, left, right, start: this.from(left), end: this.to(right) };
  }

  private from(node: Expression): number {
    return node.bracketed ? node.start - 1 : node.start;
  }

  private to(node: Expression): number {
    return node.bracketed ? node.end + 1 : node.end;
  }

  private choice(yes: Expression): Expression {
    this.take();
    const test = this.expression(CHOICE + 1);
    if (!this.accept('else')) this.unexpected(this.peek(), "a choice is written 'a if condition else b'");
    const no = this.expression(CHOICE);
    return { kind: 'choice', test, yes, no, start: this.from(yes), end: this.to(no) };
  }

  private comparison(first: Expression): Expression {
    const rest: { op: CompareOperator; right: Expression }[] = [];
    for (;;) {
      const token = this.peek();
      if (token.kind !== 'operator' && token.kind !== 'name') break;
      if (!COMPARISONS.has(token.text)) break;
      let op = token.text;
      if (op === 'not') {
        if (this.tokens[this.at + 1]?.text !== 'in') break;
        this.take();
        op = 'not in';
      }
      this.take();
      if (op === 'is' && this.accept('not')) op = 'is not';
      const right = this.expression(COMPARISON + 1);
      if (op.startsWith('is') && !(right.kind === 'constant' && right.value === null))
        throw new ExpressionError(
          'operator',
          `'${op}' compares with None only`,
          [right.start, right.end],
          `write '${op === 'is' ? '==' : '!='}'`,
        );
      rest.push({ op: op as CompareOperator, right });
      if (rest.length > LIMITS.depth)
        throw new ExpressionError('too-deep', `more than ${LIMITS.depth} comparisons in a row`, [
          first.start,
          first.end,
        ]);
    }
    const node = {
      kind: 'compare' as const,
      first,
      rest,
      start: this.from(first),
      end: this.to(rest.at(-1)!.right),
    };
    refuseBitsInChain(node, this.text);
    return node;
  }

  private prefix(power: number): Expression {
    const token = this.take();
    const { start, end } = token;
    switch (token.kind) {
      case 'integer': {
        const value = BigInt(token.text);
        if (value > 0xffff_ffff_ffff_ffffn)
          throw new ExpressionError(
            'number',
            `${token.text} does not fit into 64 bits`,
            [start, end],
            'write a float',
          );
        return { kind: 'integer', value, start, end };
      }
      case 'float':
        return { kind: 'float', value: Number(token.text), start, end };
      case 'text':
        return { kind: 'text', value: token.text, start, end };
      case 'quoted':
        return { kind: 'name', name: token.text, quoted: true, start, end };
      case 'name':
        return this.word(token, power);
      case 'operator':
        break;
      case 'end':
        this.unexpected(token);
    }
    if (token.text === '(') {
      const inner = this.expression(0);
      if (this.is(',')) this.fail('expressions have no tuples', this.peek(), 'write a list: [a, b]');
      this.close(')', token);
      // The span of a bracketed node is what lies directly inside the brackets.
      const close = this.tokens[this.at - 1]!;
      return { ...inner, bracketed: true, start: start + 1, end: close.start };
    }
    if (token.text === '[') {
      const items = this.sequence(']', token);
      return { kind: 'list', items, start, end: this.tokens[this.at - 1]!.end };
    }
    if (token.text === '-' || token.text === '+' || token.text === '~') {
      const of = this.expression(UNARY);
      return { kind: 'unary', op: token.text, of, start, end: this.to(of) };
    }
    return this.unexpected(token);
  }

  private word(token: Token, power: number): Expression {
    const { start, end, text } = token;
    if (Object.hasOwn(CONSTANTS, text)) return { kind: 'constant', value: CONSTANTS[text]!, start, end };
    if (text === 'not') {
      if (power > NOT)
        this.fail("'not' binds looser than the operator before it", token, "put brackets: '(not ...)'");
      const of = this.expression(NOT);
      return { kind: 'unary', op: 'not', of, start, end: this.to(of) };
    }
    if (RESERVED.has(text)) this.unexpected(token);
    this.public(token);
    if (this.is('(')) return this.call(token);
    return { kind: 'name', name: text, start, end };
  }

  private public(token: Token): void {
    if (token.kind === 'name' && token.text.startsWith('__'))
      throw new ExpressionError(
        'forbidden',
        `'${token.text}' begins with two underscores`,
        [token.start, token.end],
        'a field of that name goes in backquotes',
      );
  }

  private postfix(of: Expression, token: Token): Expression | undefined {
    this.take();
    if (token.text === '.') {
      const name = this.take();
      if (name.kind !== 'name' && name.kind !== 'quoted') this.unexpected(name, "after '.' comes a name");
      this.public(name);
      if (this.is('(') && name.kind === 'name') {
        const whole = this.text.slice(this.from(of), this.to(of));
        throw new ExpressionError(
          'syntax',
          'expressions have no methods',
          [name.start, name.end],
          `write ${name.text}(${whole}, ...)`,
        );
      }
      const node = { kind: 'member' as const, of, name: name.text, start: this.from(of), end: name.end };
      return name.kind === 'quoted' ? { ...node, quoted: true } : node;
    }
    const from = this.is(':') ? undefined : this.expression(0);
    if (this.accept(':')) {
      const to = this.is(']') || this.is(':') ? undefined : this.expression(0);
      if (this.is(':')) this.fail('slices have no step', this.peek());
      const end = this.close(']', token).end;
      const node = { kind: 'slice' as const, of, start: this.from(of), end };
      return { ...node, ...(from && { from }), ...(to && { to }) };
    }
    if (this.is(',')) this.fail('one index at a time', this.peek(), 'write x[i][j]');
    const end = this.close(']', token).end;
    if (!from) return this.unexpected(token);
    return { kind: 'index', of, index: from, start: this.from(of), end };
  }

  private sequence(close: string, opened: Token): Expression[] {
    const items: Expression[] = [];
    while (!this.is(close)) {
      items.push(this.expression(0));
      if (!this.accept(',')) break;
    }
    this.close(close, opened);
    return items;
  }

  private call(name: Token): CallNode {
    const opened = this.take();
    const args: Expression[] = [];
    const named: CallNode['named'] = [];
    while (!this.is(')')) {
      const key = this.peek();
      const after = this.tokens[this.at + 1];
      if (key.kind === 'name' && after?.kind === 'operator' && after.text === '=') {
        this.at += 2;
        if (named.some((one) => one.name === key.text)) this.fail(`'${key.text}' is given twice`, key);
        named.push({ name: key.text, value: this.expression(0) });
      } else {
        const value = this.expression(0);
        if (named.length > 0) this.fail('arguments by name come last', key);
        args.push(value);
      }
      if (!this.accept(',')) break;
    }
    const end = this.close(')', opened).end;
    return { kind: 'call', name: name.text, nameEnd: name.end, args, named, start: name.start, end };
  }
}

/**
 * Reads one expression.
 * @throws {ExpressionError} with the place and, where there is one, the right form
 */
export function parse(text: string): Expression {
  if (text.length > LIMITS.length)
    throw new ExpressionError('too-long', `longer than ${LIMITS.length} characters`, [
      LIMITS.length,
      text.length,
    ]);
  const tree = new Parser(text).whole();
  if (depthOf(tree) > LIMITS.depth)
    throw new ExpressionError('too-deep', `nested deeper than ${LIMITS.depth}`, [0, text.length], 'split it');
  return tree;
}
