import { describe, expect, it } from 'vitest';
import { ExpressionError } from '../errors/errors.ts';
import { print } from '../print/print.ts';
import { names } from '../tree/walk.ts';
import { parse } from './parser.ts';

const problem = (text: string): ExpressionError => {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
  throw new Error(`'${text}' was accepted`);
};

describe('parse', () => {
  it.each([
    ['a+b*c', 'a + b * c'],
    ['(a+b)*c', '(a + b) * c'],
    ['-a ** 2', '-a ** 2'],
    ['(-a) ** 2', '(-a) ** 2'],
    ['2 ** -1', '2 ** -1'],
    ['2 ** 3 ** 2', '2 ** 3 ** 2'],
    ['(2 ** 3) ** 2', '(2 ** 3) ** 2'],
    ['a - (b - c)', 'a - (b - c)'],
    ['not a and b or c', 'not a and b or c'],
    ['not (a and b)', 'not (a and b)'],
    ['60 < m <= 120', '60 < m <= 120'],
    ['(60 < m) <= 120', '(60 < m) <= 120'],
    ['x not in [1, 2,]', 'x not in [1, 2]'],
    ['z is not None', 'z is not None'],
    ['flags & 4 != 0', 'flags & 4 != 0'],
    ['(a > 1) & (b == 2)', '(a > 1) & (b == 2)'],
    ['pair.0.pt', 'pair.0.pt'],
    ['Z.0.1', 'Z.0.1'],
    ['x[0].pt', 'x[0].pt'],
    ['x[:2]', 'x[:2]'],
    ['x[-2:]', 'x[-2:]'],
    ['x[1:n]', 'x[1:n]'],
    ['f(x, 1., key="a\\"b")', "f(x, 1.0, key='a\"b')"],
    ['`ss./ss.s1Area` + `plain`', '`ss./ss.s1Area` + plain'],
    ['a if b else c', 'a if b else c'],
    ['.5 + 1e3 + 0x10 + 1_000', '0.5 + 1000.0 + 16 + 1000'],
    ['1e400', '1e999'],
    ['~(a | b)', '~(a | b)'],
    ['a\n  and b', 'a and b'],
  ])('%s', (text, canonical) => {
    expect(print(parse(text))).toBe(canonical);
    expect(print(parse(canonical))).toBe(canonical);
  });

  it('keeps positions of nodes, brackets left out', () => {
    const tree = parse('a + (b * c)[0]');
    expect(tree).toMatchObject({ start: 0, end: 14, right: { kind: 'index', start: 4, end: 14 } });
    expect(tree).toMatchObject({ right: { of: { kind: 'binary', start: 5, end: 10 } } });
  });

  it.each([
    ['a > 1 & b == 2', 'operator', [0, 14], "write (a > 1) & (b == 2), or use 'and'"],
    [
      'nPV > 10 | x + 1 < 3 ^ q >= 4',
      'operator',
      [0, 29],
      "write (nPV > 10) | (x + 1 < 3) ^ (q >= 4), or use 'or'",
    ],
    ['a && b', 'operator', [2, 4], "write 'and'"],
    ['a || b', 'operator', [2, 4], "write 'or'"],
    ['!a', 'operator', [0, 1], "write 'not'"],
    ['run = 3', 'forbidden', [4, 5], "write '==' to compare"],
    ['lambda x: x', 'forbidden', [0, 6], "see 'functions:'"],
    ['run.__globals__', 'forbidden', [4, 15], 'a field of that name goes in backquotes'],
    ['run; 2', 'syntax', [3, 4], undefined],
    ['x.count()', 'syntax', [2, 7], 'write count(x, ...)'],
    ['x[0](1)', 'syntax', [0, 4], 'only functions can be called, by name'],
    ['(a, b)', 'syntax', [2, 3], 'write a list: [a, b]'],
    ['x[0, 1]', 'syntax', [3, 4], 'write x[i][j]'],
    ['f(a=1, b)', 'syntax', [7, 8], undefined],
    ['(a + b', 'syntax', [0, 1], "add ')'"],
    ['a +', 'syntax', [3, 3], undefined],
    ['', 'syntax', [0, 0], undefined],
    ['a true', 'syntax', [2, 6], "write 'True'"],
    ['a is 3', 'operator', [5, 6], "write '=='"],
    ['1 + not a', 'syntax', [4, 7], "put brackets: '(not ...)'"],
    ['12abc', 'number', [0, 5], undefined],
    ['1.2.3', 'number', [0, 4], undefined],
    ['99999999999999999999', 'number', [0, 20], 'write a float'],
    ["'abc", 'text', [0, 4], undefined],
    ['`abc', 'syntax', [0, 4], undefined],
  ])('refuses %s', (text, code, span, help) => {
    expect(problem(text)).toMatchObject({ code, span, help });
  });

  it.each([
    ['('.repeat(50_000), 'too-deep'],
    ['-'.repeat(50_000), 'too-deep'],
    [`${'a+'.repeat(20_000)}a`, 'too-deep'],
    [`a${'[0]'.repeat(20_000)}`, 'too-deep'],
    [`a${'.b'.repeat(20_000)}`, 'too-deep'],
    [`${'a**'.repeat(20_000)}a`, 'too-deep'],
    [`${'a<'.repeat(20_000)}a`, 'too-deep'],
    [`${'a if b else '.repeat(5_000)}a`, 'too-deep'],
    ['a'.repeat(70_000), 'too-long'],
  ])('has limits instead of overflows: %#', (text, code) => {
    expect(problem(text).code).toBe(code);
  });

  it('names what is used, longest form', () => {
    const used = names(parse('f(Muon.pt[Muon.eta > x]) + pair.0.pt + g(y=dataset.kind)'));
    expect(used.map((one) => one.path)).toEqual(['Muon.pt', 'Muon.eta', 'x', 'pair.0.pt', 'dataset.kind']);
    expect(used[0]).toMatchObject({ start: 2, end: 9, parts: ['Muon', 'pt'] });
  });
});
