import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText, textWidth } from './measure.ts';
import { didYouMean } from './nearest.ts';
import { showNumber, showUncertain } from './numbers.ts';
import { parseRich, plainText } from './rich.ts';

describe('text with a little mathematics', () => {
  it('leaves names alone', () => {
    expect(parseRich('m_mumu [GeV]')).toEqual([{ text: 'm_mumu [GeV]' }]);
    expect(parseRich('costs 5$')).toEqual([{ text: 'costs 5$' }]);
    expect(parseRich('m(μμ) [GeV]')).toEqual([{ text: 'm(μμ) [GeV]' }]);
  });

  it('knows scripts, symbols and accents between dollars, and scripts with braces everywhere', () => {
    expect(parseRich('$p_T^{\\mu}$ [GeV]')).toEqual([
      { text: 'p', italic: true },
      { text: 'T', shift: 'sub', italic: true },
      { text: 'μ', shift: 'sup', italic: true },
      { text: ' [GeV]' },
    ]);
    expect(parseRich('fb⁻¹')).toEqual([{ text: 'fb' }, { text: '−1', shift: 'sup' }]);
    expect(plainText(parseRich('fb⁻¹ $p_T^n$ $\\bar t$'))).toBe('fb⁻¹ p_T^n t\u0305');
    expect(parseRich('10^{3}')).toEqual([{ text: '10' }, { text: '3', shift: 'sup' }]);
    expect(parseRich('$\\bar t$')).toEqual([{ text: 't', italic: true, over: true }]);
    expect(parseRich('log$_{10}$(x)')).toEqual([
      { text: 'log' },
      { text: '10', shift: 'sub' },
      { text: '(x)' },
    ]);
  });

  it('takes any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void plainText(parseRich(text))));
    fc.assert(fc.property(fc.stringMatching(/^[$_^{}\\a]*$/u), (text) => void plainText(parseRich(text))));
  });
});

it('cuts text to a width', () => {
  expect(cutText('short', 13, 200)).toBe('short');
  fc.assert(
    fc.property(fc.string({ minLength: 2 }), fc.integer({ min: 40, max: 100 }), (text, width) => {
      expect(textWidth(cutText(text, 13, width), 13)).toBeLessThanOrEqual(width);
    }),
  );
});

it.each([
  [0, '0'],
  [1234567, '1234567'],
  [-0.5, '−0.5'],
  [91.1876, '91.19'],
  [1.5e12, '1.5×10¹²'],
  [-2.5e-7, '−2.5×10⁻⁷'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, '∞'],
  [null, '–'],
])('shows %d as %s', (value, text) => {
  expect(showNumber(value)).toBe(text);
});

it.each([
  [91.1876, 0.0021, 0.0021, '91.1876 ± 0.0021'],
  [1234.4, 35, 35, '1234 ± 35'],
  [3, 1.63, 2.92, '3.0 +2.9 −1.6'],
  [5, 0, 0, '5'],
  [0.5, Number.NaN, 1, '0.5'],
])('shows %d −%d +%d as %s', (value, low, high, text) => {
  expect(showUncertain(value, low, high)).toBe(text);
});

it('guesses what was meant', () => {
  expect(didYouMean('proces', ['process', 'region'])).toBe("did you mean 'process'?");
  expect(didYouMean('xyz', ['process', 'region'])).toBeUndefined();
});
