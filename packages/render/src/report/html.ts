import { escapeText } from '../svg/writer.ts';
import { showNumber } from '../text/numbers.ts';

/** Markup, so that text is never taken for it. */
export interface Html {
  markup: string;
}

/** Template of markup: texts are escaped, markup and lists of it are not. */
export function html(
  strings: TemplateStringsArray,
  ...values: (Html | readonly Html[] | string | number | undefined | false)[]
): Html {
  let markup = strings[0]!;
  for (const [index, value] of values.entries()) {
    if (Array.isArray(value)) markup += value.map((one: Html) => one.markup).join('');
    else if (typeof value === 'object') markup += (value as Html).markup;
    else if (value !== undefined && value !== false)
      markup += escapeText(String(value)).replaceAll("'", '&#39;');
    markup += strings[index + 1]!;
  }
  return { markup };
}

/** Markup that was made elsewhere. */
export function raw(markup: string): Html {
  return { markup };
}

/** JSON for a script element. */
export function embedded(value: unknown): Html {
  return raw(JSON.stringify(value).replaceAll('<', '\\u003c'));
}

/** 1.3 MB. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${showNumber(value, 3)} ${units[unit]}`;
}

/** 1.3 s, 2 min 5 s. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${showNumber(seconds, 3)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds - minutes * 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** 12,345 with thin spaces. */
export function countText(value: number): string {
  return Number.isInteger(value) ? String(value).replace(/\B(?=(\d{3})+$)/gu, ' ') : showNumber(value);
}
