/**
 * Whether values are those of the reference, which writes tuples and items of maps as arrays, variants as the
 * value they hold, booleans as 0 and 1, and what JSON cannot write as text.
 */
export function sameValues(expected: unknown, got: unknown): boolean {
  if (Array.isArray(expected)) {
    const items = isRecord(got) ? Object.values(got) : got;
    return (
      Array.isArray(items) &&
      items.length === expected.length &&
      expected.every((item, i) => sameValues(item, items[i]))
    );
  }
  if (isRecord(expected)) {
    if (!isRecord(got)) return false;
    const present = Object.values(got).filter((value) => value !== null);
    if (present.length === 1 && Object.keys(got).length > 1 && sameValues(expected, present[0])) return true;
    const names = Object.keys(expected);
    return (
      names.length === Object.keys(got).length &&
      names.every((name) => Object.hasOwn(got, name) && sameValues(expected[name], got[name]))
    );
  }
  if (isRecord(got)) {
    // A variant: of its alternatives just one is there.
    const there = Object.values(got).filter((value) => value !== null);
    return there.length === 0 ? expected === null : there.length === 1 && sameValues(expected, there[0]);
  }
  if (typeof got === 'bigint') return expected === Number(got) || String(expected) === String(got);
  if (typeof got === 'number' && typeof expected === 'number')
    return expected === got || Math.abs(expected - got) <= 1e-15 * Math.abs(expected);
  if (typeof got === 'number' && !Number.isFinite(got))
    return expected === null || String(expected).toLowerCase().replace('infinity', 'inf') === spelling(got);
  if (typeof expected === 'boolean') return expected === (got === true || got === 1);
  return expected === got;
}

function spelling(value: number): string {
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
