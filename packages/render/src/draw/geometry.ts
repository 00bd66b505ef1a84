/** Pixels: left, top, right, bottom. */
export interface Box {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** Sizes of text and ticks in pixels, by the figure's size. */
export interface Sizes {
  tick: number;
  label: number;
  legend: number;
  title: number;
  major: number;
  minor: number;
}

/** Text keeps its size between 400 and 900 pixels of width, and follows outside. */
export function sizesFor(width: number, height: number): Sizes {
  const least = Math.min(width, height * 1.25);
  const by = Math.min(1.6, Math.max(0.7, least < 400 ? least / 400 : least > 900 ? least / 900 : 1));
  return { tick: 13 * by, label: 15 * by, legend: 13 * by, title: 16 * by, major: 9 * by, minor: 4.5 * by };
}
