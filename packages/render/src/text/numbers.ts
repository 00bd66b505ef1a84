/** Minus sign and digits as one reads them; `digits` significant ones, no trailing zeros, powers of ten beyond 1e6 and below 1e-4. */
export function showNumber(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined) return '–';
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  let text: string;
  if (Number.isInteger(value) && size < 1e9) text = String(size);
  else if (size >= 10 ** Math.max(digits, 6) || size < 1e-4) {
    const [mantissa, exponent] = size.toExponential(digits - 1).split('e');
    text = `${trim(mantissa!)}×10${superscript(Number(exponent))}`;
  } else text = trim(size.toPrecision(digits).includes('e') ? size.toFixed(0) : size.toPrecision(digits));
  return value < 0 ? `−${text}` : text;
}

/** `12.3 ± 0.4`: the uncertainty to two digits, the value to the same place (as the Particle Data Group rounds, roughly). */
export function showUncertain(value: number, low: number, high: number): string {
  if (![value, low, high].every(Number.isFinite) || (low === 0 && high === 0)) return showNumber(value);
  const least = Math.min(...[low, high].filter((one) => one > 0));
  const place = 1 - Math.floor(Math.log10(least));
  const large = Math.abs(value) >= 1e7 || place > 7;
  if (large) return `${showNumber(value)} ± ${showNumber(Math.max(low, high), 2)}`;
  const fixed = (x: number) => (place >= 0 ? x.toFixed(place) : String(Math.round(x)));
  const text = fixed(value).replace('-', '−');
  return fixed(low) === fixed(high) ? `${text} ± ${fixed(high)}` : `${text} +${fixed(high)} −${fixed(low)}`;
}

function trim(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/u, '') : text;
}

const SUPER = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `-12` as `⁻¹²`. */
function superscript(value: number): string {
  return String(value)
    .replace('-', '⁻')
    .replace(/\d/gu, (digit) => SUPER[Number(digit)]!);
}
