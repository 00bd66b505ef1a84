import type { AxisArgument, Style } from '../plot/types.ts';
import { showNumber } from '../text/numbers.ts';
import type { FigureAxis, Look } from './types.ts';

/** Size of a figure without `size` in its style. */
const DEFAULT_SIZE: [number, number] = [640, 480];

/** The look of a figure from its style. */
export function lookOf(style: Style, ratio: boolean): Look {
  const label = style.label ?? {};
  const beam = [label.lumi, label.energy && (label.lumi ? `(${label.energy})` : label.energy)]
    .filter(Boolean)
    .join(' ');
  const info = label.info ?? (beam || undefined);
  return {
    size: style.size ?? (ratio ? [DEFAULT_SIZE[0], 600] : DEFAULT_SIZE),
    ...(style.title ? { title: style.title } : {}),
    ...(label.experiment ? { experiment: label.experiment } : {}),
    ...(label.status ? { status: label.status } : {}),
    ...(info ? { info } : {}),
    ...(style.grid ? { grid: true } : {}),
    legend: style.legend ?? 'auto',
    ...(style.errors === undefined ? {} : { errors: style.errors }),
    ...(style.colormap ? { colormap: style.colormap } : {}),
  };
}

/** An axis of a figure: what the user says, over what the data says. */
export function axisOf(
  label: string,
  wanted: AxisArgument | undefined,
  more: Partial<FigureAxis> = {},
): FigureAxis {
  return {
    label: wanted?.label ?? label,
    ...(wanted?.log ? { log: true } : {}),
    ...(wanted?.range ? { range: wanted.range } : {}),
    ...more,
  };
}

/** The unit of a label: `GeV` of `m(μμ) [GeV]`. */
function unitOf(label: string): string | undefined {
  return /\[([^\][]+)\]\s*$/u.exec(label)?.[1]?.trim();
}

/** Label of the contents of bins: `Entries / 2 GeV` where all bins have one width and the axis a unit. */
export function contentLabel(
  what: string,
  label: string,
  edges: readonly number[] | undefined,
  density: boolean,
): string {
  const unit = unitOf(label);
  if (density) return `${what} / ${unit ?? 'unit'}`;
  if (!edges || edges.length < 3) return what;
  const width = edges[1]! - edges[0]!;
  const least = (edges.at(-1)! - edges[0]!) * 1e-6;
  const even = edges.every(
    (edge, index) => index === 0 || Math.abs(edge - edges[index - 1]! - width) < least,
  );
  if (!even) return `${what} / bin`;
  if (!unit) return what;
  const size = Number(width.toPrecision(3));
  const shown =
    size >= 1e5 || size < 1e-3 ? showNumber(size * (1 + 1e-9), 3).replace(/^1×/u, '') : String(size);
  return size === 1 ? `${what} / ${unit}` : `${what} / ${shown} ${unit}`;
}

/** Numbers of JSON: what is not finite becomes null. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
