/** Edits (insert, delete, replace, swap of neighbours) between two words, or `limit + 1` if there are more. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1);
      next.push(cost);
      if (cost < least) least = cost;
    }
    if (least > limit) return limit + 1;
    before = row;
    row = next;
  }
  return row[b.length]!;
}

/** Up to three of `known` that `word` may have been meant to be, best first. Capitals and `_`/`.` count for little. */
export function nearest(word: string, known: Iterable<string>): string[] {
  const plain = (text: string) => text.toLowerCase().replaceAll('_', '.');
  const wanted = plain(word);
  const limit = word.length < 4 ? 1 : word.length < 10 ? 2 : 3;
  const found: { name: string; far: number }[] = [];
  for (const name of new Set(known)) {
    if (name === word) continue;
    const far = distance(wanted, plain(name), limit);
    if (far <= limit) found.push({ name, far: far * 2 + (name[0] === word[0] ? 0 : 1) });
  }
  found.sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1));
  return found.slice(0, 3).map((one) => one.name);
}

/** `did you mean 'a' or 'b'?`, or undefined when nothing is near. */
export function didYouMean(word: string, known: Iterable<string>): string | undefined {
  const names = nearest(word, known);
  if (names.length === 0) return undefined;
  const quoted = names.map((name) => `'${name}'`);
  const last = quoted.pop()!;
  return `did you mean ${quoted.length > 0 ? `${quoted.join(', ')} or ${last}` : last}?`;
}
