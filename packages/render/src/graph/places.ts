/**
 * Places on a line that are as near as possible to where they are wanted (least squares), in this order and not
 * closer than `gaps[i]` between i − 1 and i: pool-adjacent-violators (Barlow et al. 1972).
 */
export function spread(wanted: readonly number[], gaps: readonly number[]): number[] {
  // Without the gaps the places must not decrease.
  let offset = 0;
  const offsets = wanted.map((_, index) => {
    offset += index === 0 ? 0 : gaps[index]!;
    return offset;
  });
  const blocks: { sum: number; count: number }[] = [];
  for (const [index, value] of wanted.entries()) {
    blocks.push({ sum: value - offsets[index]!, count: 1 });
    for (;;) {
      const last = blocks.at(-1)!;
      const before = blocks.at(-2);
      if (!before || before.sum / before.count <= last.sum / last.count) break;
      before.sum += last.sum;
      before.count += last.count;
      blocks.pop();
    }
  }
  const places: number[] = [];
  for (const block of blocks)
    for (let k = 0; k < block.count; k++) places.push(block.sum / block.count + offsets[places.length]!);
  return places;
}
