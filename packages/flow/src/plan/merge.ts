/** The merge tree: dataset by dataset, in aligned blocks of 16, left to right. */
export const BLOCK = 16;

/**
 * Blocks of each level, as `[first, last)` partitions. A level holds every block of two or more members; a
 * block of one is left as it is. The last level leaves one for each dataset.
 */
export function mergeLevels(datasets: readonly (readonly [number, number])[]): [number, number][][] {
  const levels: [number, number][][] = [];
  let members = datasets.map(([first, last]) =>
    Array.from({ length: last - first }, (_, index): [number, number] => [first + index, first + index + 1]),
  );
  while (members.some((blocks) => blocks.length > 1)) {
    const level: [number, number][] = [];
    members = members.map((blocks) => {
      const next: [number, number][] = [];
      for (let start = 0; start < blocks.length; start += BLOCK) {
        const group = blocks.slice(start, start + BLOCK);
        const block: [number, number] = [group[0]![0], group[group.length - 1]![1]];
        next.push(block);
        if (group.length > 1) level.push(block);
      }
      return next;
    });
    levels.push(level);
  }
  return levels;
}

/** The members of a block on the level below it. */
export function blockMembers(block: readonly [number, number], level: number): [number, number][] {
  const width = BLOCK ** (level - 1);
  const members: [number, number][] = [];
  for (let first = block[0]; first < block[1]; first += width) {
    members.push([first, Math.min(first + width, block[1])]);
  }
  return members;
}
