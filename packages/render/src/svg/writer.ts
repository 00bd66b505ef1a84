import { FONT, runWidth, SCRIPT, stacked } from '../text/measure.ts';
import type { Run } from '../text/rich.ts';

/** Measured widths are this much too large, for other fonts' sake. */
const SLACK = 1.04;

/** Values of attributes; undefined ones are left out. */
export type Attributes = Record<string, string | number | undefined>;

/** A number as it stands in a figure: two decimals, no trailing zeros, no `-0`. */
export function num(value: number): string {
  const text = (Math.round(value * 100) / 100).toFixed(2).replace(/\.?0+$/u, '');
  return text === '-0' ? '0' : text;
}

/** Text for XML and HTML; characters that XML forbids become the replacement character. */
export function escapeText(text: string): string {
  return text
    .replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]|\p{Cs}/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** One element; `content` is markup already. */
export function element(name: string, attributes: Attributes, content?: string): string {
  let text = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    text += ` ${key}="${typeof value === 'number' ? num(value) : escapeText(value)}"`;
  }
  return content === undefined ? `${text}/>` : `${text}>${content}</${name}>`;
}

/** `<title>`: the tooltip of its parent, and its name for screen readers. */
export function tooltip(text: string): string {
  return element('title', {}, escapeText(text));
}

/** Where and how a text stands. `size` in pixels. */
export interface TextPlace {
  x: number;
  y: number;
  size: number;
  anchor?: 'start' | 'middle' | 'end';
  /** Degrees, around (x, y). */
  turn?: number;
  bold?: boolean;
  className?: string;
  fill?: string;
}

/** A text element with looks; the baseline lies at `y`. */
export function richText(runs: readonly Run[], at: TextPlace): string {
  let content = '';
  let shifted = 0;
  for (const [index, run] of runs.entries()) {
    const wanted = run.shift === 'sup' ? -0.36 : run.shift === 'sub' ? 0.22 : 0;
    const dy = (wanted - shifted) * at.size;
    shifted = wanted;
    // Back over the script before, and forward again behind the longer of the two.
    const back = stacked(runs, index) ? -runWidth(runs[index - 1]!, at.size) / SLACK : 0;
    const on =
      index > 1 && stacked(runs, index - 1)
        ? Math.max(0, runWidth(runs[index - 2]!, at.size) - runWidth(runs[index - 1]!, at.size)) / SLACK
        : 0;
    const dx = back + on;
    const plain = dx === 0 && dy === 0 && !run.shift && !run.italic && !run.bold && !run.over;
    content += plain
      ? escapeText(run.text)
      : element(
          'tspan',
          {
            dx: dx === 0 ? undefined : dx,
            dy: dy === 0 ? undefined : dy,
            'font-size': run.shift ? at.size * SCRIPT : undefined,
            'font-style': run.italic ? 'italic' : undefined,
            'font-weight': run.bold ? 'bold' : undefined,
            'text-decoration': run.over ? 'overline' : undefined,
          },
          escapeText(run.text),
        );
  }
  return element(
    'text',
    {
      class: at.className ?? 'ink-fill',
      x: at.x,
      y: at.y,
      'font-size': at.size,
      'font-weight': at.bold ? 'bold' : undefined,
      'text-anchor': at.anchor === 'start' ? undefined : at.anchor,
      transform: at.turn ? `rotate(${num(at.turn)} ${num(at.x)} ${num(at.y)})` : undefined,
      fill: at.fill,
    },
    content,
  );
}

/** A whole document. Text stays text; colours of `ink` and `paper` may be restyled by the page around it. */
export function svgDocument(
  width: number,
  height: number,
  label: string,
  body: string,
  kind: { role?: string; className?: string } = {},
): string {
  return `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${num(width)} ${num(height)}`,
      role: kind.role ?? 'img',
      'aria-label': label,
      class: kind.className ? `fasthep-figure ${kind.className}` : 'fasthep-figure',
      'font-family': FONT,
      fill: 'black',
    },
    `\n${body}\n`,
  )}\n`;
}

/** A short name for ids of a figure, equal for equal figures (FNV-1a). */
export function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
