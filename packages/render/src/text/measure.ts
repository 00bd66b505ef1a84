import type { Run } from './rich.ts';

/** Size of sub- and superscripts, of the text they belong to. */
export const SCRIPT = 0.72;

/** Font family of all figures: wherever one of them is installed, widths agree with the table below. */
export const FONT = "Helvetica, Arial, 'Liberation Sans', 'Nimbus Sans', sans-serif";

// Advance widths of Helvetica in 1/1000 em for the characters 32 to 126 (Adobe Font Metrics).
const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
  556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
  500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
  556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
  278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const NARROW: Record<string, number> = {
  '⁻': 333,
  '¹': 333,
  '²': 333,
  '³': 333,
  '·': 278,
  '°': 400,
  ' ': 170,
};

/** Width of a text in units of `size`, a little generous: another font than Helvetica may be used in its place. */
export function textWidth(text: string, size: number, bold = false): number {
  let units = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code >= 32 && code < 127) units += WIDTHS[code - 32]!;
    else if ((code >= 0x300 && code < 0x370) || code === 0x20d7) continue;
    else if (code >= 0x2e80) units += 1000;
    else units += NARROW[character] ?? 600;
  }
  return (units / 1000) * size * (bold ? 1.1 : 1.04);
}

/** Width of text with looks. */
export function richWidth(runs: readonly Run[], size: number): number {
  let width = 0;
  for (const [index, run] of runs.entries()) {
    const own = runWidth(run, size);
    width += stacked(runs, index) ? Math.max(0, own - runWidth(runs[index - 1]!, size)) : own;
  }
  return width;
}

/** Width of one piece. */
export function runWidth(run: Run, size: number): number {
  return textWidth(run.text, run.shift ? size * SCRIPT : size, run.bold);
}

/** Whether a piece stands above or below the one before it: a superscript directly after a subscript, or the other way. */
export function stacked(runs: readonly Run[], index: number): boolean {
  const before = runs[index - 1];
  const run = runs[index]!;
  return !!before?.shift && !!run.shift && before.shift !== run.shift && !stacked(runs, index - 1);
}

/** Cuts a text to a width, with an ellipsis. */
export function cutText(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  const characters = [...text];
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, size) > width) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}
