const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration as it is written: `90s`, `30m`, `1h30m`, `1.5h`. For schemas. */
export const DURATION = {
  type: 'string',
  title: "a duration such as '90s', '30m' or '1h30m'",
  pattern: '^(\\d+(\\.\\d+)?(ms|s|m|h|d))+$',
  examples: ['30m'],
};

/** Milliseconds of a duration; undefined for a text that is none. */
export function milliseconds(text: string): number | undefined {
  if (!new RegExp(DURATION.pattern, 'u').test(text)) return undefined;
  let sum = 0;
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g))
    sum += Number(number) * UNITS[unit!]!;
  return sum;
}
