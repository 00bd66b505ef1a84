import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from '../parse/parser.ts';
import type { Expression } from '../tree/types.ts';
import { print } from './print.ts';

const at = { start: 0, end: 0 };
const name = fc.constantFrom('a', 'Muon', 'x_1', 'odd name', 'in', '__x');
const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.bigInt(0n, 2n ** 64n - 1n).map((value) => ({ kind: 'integer' as const, value, ...at })),
  fc.double({ min: 0, noNaN: true }).map((value) => ({ kind: 'float' as const, value: value + 0, ...at })),
  fc.string().map((value) => ({ kind: 'text' as const, value, ...at })),
  fc.constantFrom(true, false, null).map((value) => ({ kind: 'constant' as const, value, ...at })),
  name.map((one) => ({ kind: 'name' as const, name: one, ...at })),
);
const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    leaf,
    fc.array(tie('tree'), { maxLength: 3 }).map((items) => ({ kind: 'list', items, ...at })),
    fc
      .tuple(tie('tree'), fc.oneof(name, fc.constant('0')))
      .map(([of, one]) => ({ kind: 'member', of, name: one, ...at })),
    fc.tuple(tie('tree'), tie('tree')).map(([of, index]) => ({ kind: 'index', of, index, ...at })),
    fc
      .tuple(
        tie('tree'),
        fc.option(tie('tree'), { nil: undefined }),
        fc.option(tie('tree'), { nil: undefined }),
      )
      .map(([of, from, to]) => ({ kind: 'slice', of, ...(from && { from }), ...(to && { to }), ...at })),
    fc
      .tuple(fc.constantFrom('-', '+', '~', 'not'), tie('tree'))
      .map(([op, of]) => ({ kind: 'unary', op, of, ...at }) as Expression),
    fc
      .tuple(
        fc.constantFrom('or', 'and', '|', '^', '&', '<<', '>>', '+', '-', '*', '/', '//', '%', '**'),
        tie('tree'),
        tie('tree'),
      )
      .map(([op, left, right]) => ({ kind: 'binary', op, left, right, ...at }) as Expression),
    fc
      .tuple(
        tie('tree'),
        fc.array(fc.tuple(fc.constantFrom('<', '>=', '==', 'in', 'not in', '!='), tie('tree')), {
          minLength: 1,
          maxLength: 3,
        }),
      )
      .map(
        ([first, rest]) =>
          ({ kind: 'compare', first, rest: rest.map(([op, right]) => ({ op, right })), ...at }) as Expression,
      ),
    fc
      .tuple(tie('tree'), tie('tree'), tie('tree'))
      .map(([test, yes, no]) => ({ kind: 'choice', test, yes, no, ...at })),
    fc.tuple(fc.array(tie('tree'), { maxLength: 2 }), tie('tree')).map(([args, value]) => ({
      kind: 'call',
      name: 'f',
      nameEnd: 0,
      args,
      named: [{ name: 'k', value }],
      ...at,
    })),
  ),
}));

/** The tree without what only the text has. */
const bare = (node: unknown): unknown =>
  JSON.parse(
    JSON.stringify(node, (key, value) =>
      ['start', 'end', 'nameEnd', 'bracketed', 'quoted'].includes(key)
        ? undefined
        : typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))
          ? String(value)
          : value,
    ),
  );

it('prints what reads back as the same tree', () => {
  fc.assert(
    fc.property(tree, (one) => {
      const text = print(one);
      const again = parse(text);
      expect(bare(again)).toEqual(bare(one));
      expect(print(again)).toBe(text);
    }),
    { numRuns: 2000 },
  );
});

it('never throws anything but a typed problem', () => {
  const words = fc.constantFrom('a', '.', '0', '1.5', '(', ')', '[', ']', ' ', '&', '<', 'not', 'in', 'is', ',', "'", '-', '**', ':', '=', 'if', 'else'); // biome-ignore format: words
  fc.assert(
    fc.property(fc.array(words, { maxLength: 30 }), (parts) => {
      try {
        parse(parts.join(' '));
      } catch (error) {
        expect((error as Error).name).toBe('ExpressionError');
      }
    }),
    { numRuns: 2000 },
  );
});
