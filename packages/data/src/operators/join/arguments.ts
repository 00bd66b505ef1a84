import type { Json, JsonObject } from '@fasthep/flow';

/** How one stream is brought to the rows of the left one. */
export interface JoinRule {
  /** Same row number; or pairs of field names, of the left rows and of the others. */
  by: 'entry' | [left: string, other: string][];
  how: 'left' | 'inner';
  /** A key that several of the other rows have: refused, or all of them as lists. */
  many: 'error' | 'list';
  /** Unequal numbers of rows, by row number: refused, the shorter counts, or missing values. */
  mismatch: 'error' | 'truncate' | 'pad';
}

/** The rules by port, from the arguments as written. */
export function joinRules(args: Json): Record<string, JoinRule> {
  return Object.fromEntries(Object.entries(args as JsonObject).map(([port, value]) => [port, ruleOf(value)]));
}

function ruleOf(value: Json): JoinRule {
  const given = isMap(value) && 'by' in value ? value : { by: value };
  return {
    by: keysOf(given.by ?? []),
    how: given.how === 'inner' ? 'inner' : 'left',
    many: given.many === 'list' ? 'list' : 'error',
    mismatch: given.mismatch === 'truncate' || given.mismatch === 'pad' ? given.mismatch : 'error',
  };
}

function keysOf(by: Json): JoinRule['by'] {
  if (by === 'entry') return 'entry';
  if (Array.isArray(by)) return by.map((name) => [String(name), String(name)]);
  if (isMap(by)) return Object.entries(by).map(([left, other]) => [left, String(other)]);
  return [[String(by), String(by)]];
}

const isMap = (value: Json): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
