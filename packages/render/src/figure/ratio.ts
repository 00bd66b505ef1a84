import { finite } from './look.ts';
import type { Band, RatioPanel, Series } from './types.ts';

/** Series over a denominator, with the denominator's own uncertainty as a band around 1. Bins without denominator stay empty. */
export function ratioPanel(
  series: readonly Series[],
  denominator: readonly number[],
  band: Band,
  look: { label?: string; range?: [number, number] } | undefined,
  label: string,
): RatioPanel {
  const over = (values: readonly (number | null)[] | undefined) =>
    values?.map((value, bin) => {
      const by = denominator[bin]!;
      return value === null || !(Math.abs(by) > 0) ? null : finite(value / by);
    });
  return {
    label: look?.label ?? label,
    ...(look?.range ? { range: look.range } : {}),
    series: series.map((one) => {
      const y = over(one.y)!.map((value, bin) => (one.draw === 'points' && one.y[bin] === 0 ? null : value));
      const { flow: _flow, ...rest } = one;
      return {
        ...rest,
        y,
        ...(one.low ? { low: over(one.low)!, high: over(one.high)! } : {}),
      };
    }),
    band: { name: band.name, low: over(band.low)!, high: over(band.high)! },
  };
}
