import type { RatioPanel } from '../figure/types.ts';
import { present } from './extent.ts';

// Half widths that read well with four ticks.
const WIDTHS = [0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1];

/** Range of a ratio panel: around 1, wide enough for nine of ten points, at most 0 to 2 (0 to 3 where most lie above). */
export function ratioDomain(panel: RatioPanel): [number, number] {
  if (panel.range) return panel.range;
  const away = panel.series
    .flatMap((series) => present(series.y))
    .map((value) => Math.abs(value - 1))
    .sort((a, b) => a - b);
  const wanted =
    away.length > 0 ? away[Math.min(away.length - 1, Math.floor(away.length * 0.9))]! * 1.15 : 0.2;
  const width = WIDTHS.find((one) => one >= wanted) ?? 1;
  const clear = width * 1.02;
  return width >= 1 ? [0, 1.99] : [1 - clear, 1 + clear];
}
