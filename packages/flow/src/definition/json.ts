import type { Json, JsonObject } from '../types/json.ts';

/** Whether a value is a map. */
export function isMap(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** The kind of a value, as messages say it. */
export function kindOf(value: Json | undefined): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'string') return value.length <= 24 ? `the text '${value}'` : 'a text';
  return String(value);
}

/** Whether a text waits for `${matrix…}` or another late value. */
export function isLate(value: Json): boolean {
  return typeof value === 'string' && value.includes('${');
}
