import type { Figure } from './types.ts';

/** The figure as JSON text: one line for each list of plain values, so that it can be read and compared. */
export function figureJson(figure: Figure): string {
  return `${show(figure, '')}\n`;
}

function show(value: unknown, indent: string): string {
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object' || item === null)) return JSON.stringify(value);
    return `[\n${value.map((item) => deeper + show(item, deeper)).join(',\n')}\n${indent}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return '{}';
  const lines = entries.map(([key, item]) => `${deeper}${JSON.stringify(key)}: ${show(item, deeper)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
