import type { ExpressionCode } from '@fasthep/expression';

/** An operation that has no meaning for its operands. The checker adds the place. */
export class Refusal extends Error {
  readonly code: ExpressionCode;
  readonly help?: string;

  constructor(code: ExpressionCode, message: string, help?: string) {
    super(message);
    this.code = code;
    if (help !== undefined) this.help = help;
  }
}
