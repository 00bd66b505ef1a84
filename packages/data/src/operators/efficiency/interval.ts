/** Confidence intervals of a fraction `passed / all`. Both may be effective numbers of weighted entries. */
export type Interval = 'clopper-pearson' | 'wilson' | 'normal';

/** `[low, high]` at confidence `level` (two-sided); NaN where there are no entries. */
export function interval(kind: Interval, passed: number, all: number, level: number): [number, number] {
  if (!(all > 0)) return [Number.NaN, Number.NaN];
  const p = passed / all;
  if (kind === 'clopper-pearson') {
    const tail = (1 - level) / 2;
    return [
      passed <= 0 ? 0 : betaQuantile(tail, passed, all - passed + 1),
      passed >= all ? 1 : betaQuantile(1 - tail, passed + 1, all - passed),
    ];
  }
  const z = normalQuantile((1 + level) / 2);
  if (kind === 'normal') {
    const half = z * Math.sqrt(Math.max(0, p * (1 - p)) / all);
    return [Math.max(0, p - half), Math.min(1, p + half)];
  }
  const scale = 1 + (z * z) / all;
  const centre = (p + (z * z) / (2 * all)) / scale;
  const half = (z / scale) * Math.sqrt(Math.max(0, (p * (1 - p)) / all + (z * z) / (4 * all * all)));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

/** The value below which a fraction `q` of the standard normal distribution lies. */
export function normalQuantile(q: number): number {
  return bisect((z) => normalBelow(z) - q, -40, 40);
}

/** Fraction of the standard normal distribution below `z`: half an incomplete gamma function (series and fraction). */
function normalBelow(z: number): number {
  const x = (z * z) / 2;
  const inside = x < 3 ? gammaSeries(0.5, x) : 1 - gammaFraction(0.5, x);
  return z < 0 ? (1 - inside) / 2 : (1 + inside) / 2;
}

function gammaSeries(a: number, x: number): number {
  if (x === 0) return 0;
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < 500 && Math.abs(term) > sum * 1e-17; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum * Math.exp(-x + a * Math.log(x) - logGamma(a));
}

function gammaFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 500; n++) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b || 1e-300);
    c = b + an / c || 1e-300;
    const step = d * c;
    h *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return Math.exp(-x + a * Math.log(x) - logGamma(a)) * h;
}

/** The value below which a fraction `q` of the beta distribution lies. */
function betaQuantile(q: number, a: number, b: number): number {
  return bisect((x) => betaBelow(x, a, b) - q, 0, 1);
}

/** Regularised incomplete beta function by Lentz's continued fraction (Numerical Recipes, 6.4). */
function betaBelow(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || 1e-300);
  let h = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d || 1e-300);
    c = 1 + even / c || 1e-300;
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d || 1e-300);
    c = 1 + odd / c || 1e-300;
    const step = d * c;
    h *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return h;
}

/** Stirling's series, from 15 on; below it by recurrence. 14 digits. */
function logGamma(x: number): number {
  if (x < 15) return logGamma(x + 1) - Math.log(x);
  const i = 1 / x;
  const i2 = i * i;
  const series = i * (1 / 12 - i2 * (1 / 360 - i2 * (1 / 1260 - i2 * (1 / 1680 - i2 * (1 / 1188)))));
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
}

/** Where a rising function crosses zero, to the last digit. */
function bisect(f: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
