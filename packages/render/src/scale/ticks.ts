import type { Run } from '../text/rich.ts';

/** Ticks of one axis. */
export interface Ticks {
  major: number[];
  labels: Run[][];
  minor: number[];
  /** Common power of ten of all labels, to be written at the end of the axis. */
  power?: number;
}

/** Ticks at multiples of 1, 2, 2.5 or 5 times a power of ten: at most `most` (at least 2) within `[low, high]`. */
export function linearTicks(low: number, high: number, most: number): Ticks {
  const { step, part } = niceStep((high - low) / Math.max(1, most));
  const major = multiples(low, high, step);
  const minor = multiples(low, high, step / part).filter((_, index, all) => !isMultiple(all[index]!, step));
  const power = commonPower(Math.max(Math.abs(low), Math.abs(high)), step);
  const unit = 10 ** (power ?? 0);
  const decimals = Math.max(0, -Math.floor(Math.log10(step / unit) + 1e-9) + (isHalf(step) ? 1 : 0));
  const labels = major.map((value) => [{ text: fixed(value / unit, decimals) }]);
  return { major, labels, minor, ...(power === undefined ? {} : { power }) };
}

/** Ticks of a logarithmic axis: powers of ten, thinned to `most`; with 2 and 5 between them where there is room; linear ones within less than a decade. */
export function logTicks(low: number, high: number, most: number): Ticks {
  const decades = Math.log10(high / low);
  if (decades < 0.7) return linearTicks(low, high, most);
  const first = Math.floor(Math.log10(low) - 1e-9);
  const last = Math.ceil(Math.log10(high) + 1e-9);
  const inside = (value: number) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
  const stride = Math.max(1, Math.ceil(decades / Math.max(1, most)));
  const major: number[] = [];
  const minor: number[] = [];
  const factors = decades < 1.5 && most >= 4 ? [1, 2, 5] : [1];
  for (let exponent = first; exponent <= last; exponent++) {
    for (let factor = 1; factor < 10; factor++) {
      const value = Number(`${factor}e${exponent}`);
      if (!inside(value)) continue;
      const named = factors.includes(factor) && exponent % stride === 0;
      (named ? major : minor).push(value);
    }
  }
  const shown = stride > 1 ? minor.filter((value) => isPower(value)) : minor;
  return { major, labels: major.map(powerLabel), minor: shown };
}

function powerLabel(value: number): Run[] {
  const exponent = Math.round(Math.log10(value) - 1e-9);
  if (value >= 0.01 && value <= 1000) return [{ text: trimmed(value) }];
  if (!isPower(value))
    return [
      { text: `${value.toExponential(0).replace(/e.*/u, '')}×10` },
      sup(Math.floor(Math.log10(value) + 1e-9)),
    ];
  return [{ text: '10' }, sup(exponent)];
}

function sup(exponent: number): Run {
  return { text: String(exponent).replace('-', '−'), shift: 'sup' };
}

function trimmed(value: number): string {
  return value >= 1 ? String(value) : value.toFixed(2).replace(/0+$/u, '');
}

/** ` ×10³` for the end of an axis, as text. */
export function powerText(power: number): Run[] {
  return [{ text: '×10' }, sup(power)];
}

function niceStep(raw: number): { step: number; part: number } {
  const exponent = Math.floor(Math.log10(raw) + 1e-12);
  for (const [factor, part] of [
    [1, 5],
    [2, 4],
    // 2.5 gains a digit, and is worth it for tens and more only.
    ...(exponent >= 1 ? ([[2.5, 5]] as const) : []),
    [5, 5],
    [10, 5],
  ] as const) {
    const step = Number(`${factor}e${exponent}`);
    if (step >= raw * (1 - 1e-9)) return { step, part };
  }
  return { step: Number(`1e${exponent + 1}`), part: 5 };
}

function isHalf(step: number): boolean {
  return /^2\.5/u.test(step.toExponential());
}

function multiples(low: number, high: number, step: number): number[] {
  const slack = 1e-9;
  const first = Math.ceil(low / step - slack);
  const last = Math.floor(high / step + slack);
  const values: number[] = [];
  // Through text: k × step has no rounding noise then, so that labels and JSON stay clean.
  for (let k = first; k <= last && values.length < 1000; k++)
    values.push(Number((k * step).toPrecision(12)) + 0);
  return values;
}

function isMultiple(value: number, step: number): boolean {
  const times = value / step;
  return Math.abs(times - Math.round(times)) < 1e-6;
}

function isPower(value: number): boolean {
  return /^1e/u.test(value.toExponential(6).replace('.000000', ''));
}

/** By the ends of the axis, so that it does not depend on how many ticks there are. */
function commonPower(largest: number, step: number): number | undefined {
  if (largest === 0) return undefined;
  const exponent = Math.floor(Math.log10(largest) + 1e-12);
  if (exponent >= 5 || exponent <= -4) {
    // Years, event numbers: a narrow range far from zero reads better in full.
    if (exponent < 9 && exponent >= 5 && step < largest / 1e4) return undefined;
    return exponent;
  }
  return undefined;
}

function fixed(value: number, decimals: number): string {
  const text = value.toFixed(Math.min(decimals, 12));
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}
