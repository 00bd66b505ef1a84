/** A plain value: what JSON can say, and integers beyond 2^53. */
export type Value = null | boolean | number | bigint | string | Value[] | { [key: string]: Value };

/** A value in a message: its type, and itself if short. */
export function describe(value: Value): string {
  if (value === null) return 'None';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'string') return value.length > 20 ? 'a text' : `the text '${value}'`;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}
