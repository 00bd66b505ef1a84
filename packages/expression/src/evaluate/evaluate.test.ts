import { describe, expect, it } from 'vitest';
import { parse } from '../parse/parser.ts';
import { evaluate } from './evaluate.ts';

const scope = {
  a: 3,
  campaign: { year: 2018, quick: false, cuts: [20, 30, 40] },
  dataset: { name: 'zz', kind: 'mc' },
  nothing: null,
  big: 2n ** 60n,
};
const value = (text: string) => evaluate(parse(text), scope);

describe('evaluate', () => {
  it.each([
    ['a * 2', 6],
    ['a / 2', 1.5],
    ['-7 // 2', -4],
    ['-7 % 4', 1],
    ['7 % -4', -1],
    ['2 ** 3 ** 2', 512],
    ['-2 ** 2', -4],
    ["dataset.kind == 'mc' and not campaign.quick", true],
    ['campaign.year in [2017, 2018]', true],
    ['0 or a', 3],
    ['0 and a', 0],
    ['1 < a < 3', false],
    ['campaign.cuts[-1] + campaign.cuts.0', 60],
    ['campaign.cuts[1:]', [30, 40]],
    ['max(campaign.cuts) - min(4, a)', 37],
    ['round(2.5) + round(3.5)', 6],
    ['nothing is None', true],
    ["'ab' + 'c' == 'abc'", true],
    ["len('abc') + len([1, 2])", 5],
    ['6 & 3 | 8', 10],
    ['~5', -6],
    ['True == 1', true],
    ["'x' if a > 5 else 'y'", 'y'],
    ['big == 1152921504606846976', true],
    ['sum([1, 2, 3.5])', 6.5],
    ["dataset['kind']", 'mc'],
  ])('%s', (text, expected) => expect(value(text)).toEqual(expected));

  it.each([
    ['datset.kind', 'unknown-name', [0, 6], "did you mean 'dataset'?"],
    ['dataset.knd', 'unknown-member', [0, 11], "did you mean 'kind'?"],
    ['maxx(1)', 'unknown-function', [0, 4], "did you mean 'max'?"],
    ["a + 'x'", 'type', [0, 7], undefined],
    ["a < 'x'", 'type', [0, 7], undefined],
    ['a / 0', 'value', [0, 5], undefined],
    ['campaign.cuts[7]', 'value', [0, 16], undefined],
    ['sqrt()', 'arguments', [0, 6], undefined],
    ['a.constructor', 'type', [0, 13], undefined],
    ['dataset.constructor', 'unknown-member', [0, 19], undefined],
    ['toString', 'unknown-name', [0, 8], undefined],
    ['constructor(1)', 'unknown-function', [0, 11], undefined],
  ])('refuses %s', (text, code, span, help) => {
    expect(() => value(text)).toThrowError(expect.objectContaining({ code, span, help }));
  });
});
