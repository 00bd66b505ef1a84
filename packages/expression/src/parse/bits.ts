import { ExpressionError } from '../errors/errors.ts';
import type { CompareNode, Expression } from '../tree/types.ts';

const BITS = new Set(['&', '|', '^']);

interface Piece {
  /** `&`, `|` or `^` before the piece, absent at the first. */
  before?: string;
  start: number;
  end: number;
}

/** Operands of unbracketed `&`, `|`, `^`, from left to right. */
function split(node: Expression, into: Piece[], before?: string): void {
  if (node.kind === 'binary' && BITS.has(node.op) && !node.bracketed) {
    split(node.left, into, before);
    split(node.right, into, node.op);
    return;
  }
  const piece: Piece = { start: outer(node)[0], end: outer(node)[1] };
  if (before !== undefined) piece.before = before;
  into.push(piece);
}

const outer = (node: Expression): [number, number] =>
  node.bracketed ? [node.start - 1, node.end + 1] : [node.start, node.end];

/**
 * Refuses `a > 1 & b == 2`: `&` binds tighter than comparisons, so that it would mean `a > (1 & b) == 2`.
 * One comparison (`flags & 4 != 0`) means what it says.
 */
export function refuseBitsInChain(node: CompareNode, text: string): void {
  const operands = [node.first, ...node.rest.map((one) => one.right)];
  if (node.rest.length < 2) return;
  const culprit = operands.find((one) => one.kind === 'binary' && BITS.has(one.op) && !one.bracketed);
  if (culprit?.kind !== 'binary') return;
  let form = '(';
  operands.forEach((operand, i) => {
    if (i > 0) form += ` ${node.rest[i - 1]!.op} `;
    const pieces: Piece[] = [];
    split(operand, pieces);
    for (const piece of pieces) {
      if (piece.before !== undefined) form += `) ${piece.before} (`;
      form += text.slice(piece.start, piece.end);
    }
  });
  form += ')';
  const word = { '&': 'and', '|': 'or', '^': '!=' }[culprit.op as '&' | '|' | '^'];
  throw new ExpressionError(
    'operator',
    `'${culprit.op}' binds tighter than comparisons: this compares with '${text.slice(culprit.start, culprit.end)}'`,
    [node.start, node.end],
    `write ${form}, or use '${word}'`,
  );
}
