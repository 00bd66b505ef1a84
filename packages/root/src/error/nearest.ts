/** Up to `limit` of `names` that are spelt most like `name`; empty when none is close. */
function nearest(name: string, names: Iterable<string>, limit = 3): string[] {
  const wanted = name.toLowerCase();
  const scored: { name: string; distance: number }[] = [];
  let seen = 0;
  for (const candidate of names) {
    if (++seen > 20_000) break;
    const other = candidate.toLowerCase();
    const last = other.slice(other.lastIndexOf('/') + 1);
    const distance =
      other === wanted || last === wanted ? 0 : Math.min(distanceOf(wanted, other), distanceOf(wanted, last));
    scored.push({ name: candidate, distance });
  }
  const most = Math.max(2, Math.ceil(wanted.length / 3));
  return scored
    .filter((one) => one.distance <= most)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map((one) => one.name);
}

/** ` Did you mean …?` or what there is, to follow a message. */
export function suggestion(name: string, names: readonly string[]): string {
  const close = nearest(name, names);
  if (close.length > 0) return `Did you mean ${close.map((one) => `'${one}'`).join(' or ')}?`;
  if (names.length === 0) return 'There is none.';
  const some = names
    .slice(0, 8)
    .map((one) => `'${one}'`)
    .join(', ');
  return `There is ${some}${names.length > 8 ? `, and ${names.length - 8} more` : ''}.`;
}

/** Edit distance with swaps of neighbours (optimal string alignment), cut off for very long names. */
function distanceOf(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 12 || a.length > 100 || b.length > 100) return 99;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, before[j - 2]! + 1);
      row.push(best);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length]!;
}
