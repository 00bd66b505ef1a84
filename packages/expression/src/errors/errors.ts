/**
 * What can be wrong with an expression.
 * - `syntax`: the text is not an expression
 * - `operator`: an operator of another language, or one that would not mean what it seems to
 * - `forbidden`: legal Python that expressions do not have (assignment, lambda, private names)
 * - `number`, `text`: a literal that cannot be read
 * - `too-long`, `too-deep`: over the limits
 * - `unknown-name`, `unknown-member`, `unknown-function`: nothing of that name
 * - `arguments`: a function called with the wrong ones
 * - `type`, `value`: an operation that does not apply to its operands
 */
export type ExpressionCode =
  | 'syntax'
  | 'operator'
  | 'forbidden'
  | 'number'
  | 'text'
  | 'too-long'
  | 'too-deep'
  | 'unknown-name'
  | 'unknown-member'
  | 'unknown-function'
  | 'arguments'
  | 'type'
  | 'value';

/** A problem of one expression, with the characters `span` of its text that it is about. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  readonly code: ExpressionCode;
  /** What to write instead. */
  readonly help?: string;
  readonly span: [start: number, end: number];

  constructor(code: ExpressionCode, message: string, span: [number, number], help?: string) {
    super(message);
    this.code = code;
    this.span = span;
    if (help !== undefined) this.help = help;
  }
}
