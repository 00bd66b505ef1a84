import type { Figure } from '../figure/types.ts';

/** The figure inside an SVG that `drawFigure` made, or undefined when there is none. */
export function readFigure(svg: string): Figure | undefined {
  const match = /<metadata>([^<]*)<\/metadata>/u.exec(svg);
  if (!match) return undefined;
  const text = match[1]!
    .replaceAll('&quot;', '"')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
  try {
    const value: unknown = JSON.parse(text);
    return isFigure(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value is a figure of this format. */
export function isFigure(value: unknown): value is Figure {
  return (
    typeof value === 'object' &&
    value !== null &&
    'format' in value &&
    value.format === 1 &&
    'look' in value &&
    'series' in value &&
    Array.isArray(value.series)
  );
}
