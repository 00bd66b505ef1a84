/** From data to pixels. */
export interface Scale {
  readonly log: boolean;
  /** Data range, lower end first; positive when `log`. */
  readonly domain: readonly [number, number];
  /** Pixels of its ends. */
  readonly range: readonly [number, number];
}

/** Pixel of a value; not finite where the value has no place (a log axis and nothing positive). */
export function place(scale: Scale, value: number): number {
  const [low, high] = scale.domain;
  const [from, to] = scale.range;
  if (!scale.log) return from + ((value - low) / (high - low)) * (to - from);
  if (!(value > 0)) return Number.NaN;
  return from + (Math.log10(value / low) / Math.log10(high / low)) * (to - from);
}

/** Pixel of a value, moved to the nearer end where it lies outside (below, for what a log axis cannot show). */
export function placeInside(scale: Scale, value: number): number {
  const [low, high] = scale.domain;
  if (Number.isNaN(value)) return Number.NaN;
  if (value <= low) return scale.range[0];
  if (value >= high) return scale.range[1];
  return place(scale, value);
}

/** Value at a fraction of the axis. */
export function valueAt(domain: readonly [number, number], log: boolean, fraction: number): number {
  const [low, high] = domain;
  return log ? low * (high / low) ** fraction : low + (high - low) * fraction;
}
