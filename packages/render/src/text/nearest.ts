/** Edits (insert, delete, replace, swap of neighbours) that turn one word into another. */
function edits(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1);
      next.push(cost);
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}

/** `did you mean 'stack'?`, or undefined when none of `known` is near `word`. */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  const limit = word.length < 4 ? 1 : word.length < 10 ? 2 : 3;
  const found = known
    .map((name) => ({ name, far: edits(word.toLowerCase(), name.toLowerCase()) }))
    .filter((one) => one.far <= limit && one.name !== word)
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1));
  return found[0] && `did you mean '${found[0].name}'?`;
}
