import { nearest } from '@fasthep/expression';

/** `did you mean 'a' or 'b'?`, or the names there are, or nothing when there are too many to list. */
export function suggest(word: string, known: Iterable<string>, what = 'known'): string | undefined {
  const names = [...known];
  // Of one or two letters everything is near.
  const near = word.length < 3 ? [] : nearest(word, names).slice(0, 2);
  if (near.length > 0) return `did you mean ${near.map((name) => `'${name}'`).join(' or ')}?`;
  return names.length > 0 && names.length <= 12 ? `${what}: ${names.join(', ')}` : undefined;
}
