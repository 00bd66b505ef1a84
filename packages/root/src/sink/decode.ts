import type { Column } from '@fasthep/columns';
import { Cursor } from '../bytes/cursor.ts';
import { RootError } from '../error/error.ts';
import type { Node } from '../streamer/node.ts';
import type { Streamers } from '../streamer/types.ts';
import type { Slice } from '../tree/slices.ts';
import { GrowingOffsets } from './growing.ts';
import { sinkOf } from './sink.ts';

/** What a streamed branch is made of. */
export interface Streamed {
  node: Node;
  /** As many values in a row as `lengths` say, side by side. */
  many: boolean;
  counter?: string;
  /** Every row begins with the name of its class. */
  named?: boolean;
}

/**
 * Decodes row after row. Each must end where the next begins: what is not understood is found here, and never
 * becomes a number.
 */
export function decodeStreamed(
  { node, many, counter, named }: Streamed,
  streamers: Streamers,
  slices: readonly Slice[],
  lengths: Int32Array | undefined,
): Column {
  const sink = sinkOf(node, streamers);
  const lists = new GrowingOffsets();
  let row = 0;
  for (const { basket, from, to } of slices) {
    const cursor = new Cursor(basket.data);
    const { offsets } = basket;
    // Without offsets the rows before must be read too; the sink of their own is thrown away.
    const first = offsets ? from : 0;
    const before = offsets ? undefined : from > 0 ? sinkOf(node, streamers) : undefined;
    if (many && !offsets && from > 0)
      throw new RootError('ROOT-E06', 'rows of different lengths without the offsets of their basket');
    for (let i = first; i < to; i++) {
      const target = i < from ? before! : sink;
      const begin = offsets ? offsets[i]! : cursor.pos;
      cursor.pos = begin;
      if (named) cursor.skip(cursor.u8() + 1);
      const count = many ? (lengths?.[row] ?? -1) : 1;
      if (count < 0 || count * Math.max(1, target.least) > cursor.left + 1)
        throw new RootError('ROOT-E03', `row ${i} of a basket has ${count} items in ${cursor.left} bytes`);
      const end = offsets ? offsets[i + 1]! : many ? undefined : sizeOf(basket, i + 1);
      if (target.readBare && !many && !headerFits(cursor, end)) target.readBare(cursor);
      else target.read(cursor, count);
      if (offsets && cursor.pos !== offsets[i + 1])
        throw new RootError(
          'ROOT-E03',
          `row ${i} of a basket takes ${cursor.pos - begin} of its ${offsets[i + 1]! - begin} bytes`,
        );
      if (i >= from) {
        row++;
        if (many) lists.push(lists.last + count);
      }
    }
    if (!offsets && to === basket.entries && cursor.pos !== basket.data.length)
      throw new RootError('ROOT-E03', `its rows take ${cursor.pos} of ${basket.data.length} bytes`);
  }
  const content = sink.finish();
  if (!many) return content;
  return {
    kind: 'list',
    length: lists.length,
    offsets: lists.done(),
    content,
    ...(counter !== undefined && { counter }),
  };
}

/** Where a row ends when all rows of a basket have the same size. */
function sizeOf({ data, entries }: Slice['basket'], rows: number): number | undefined {
  const size = data.length / entries;
  return Number.isInteger(size) ? size * rows : undefined;
}

/** Whether an object that ends there has a byte count in front: objects of a branch of their own may have none. */
function headerFits(cursor: Cursor, end: number | undefined): boolean {
  if (cursor.left < 6) return false;
  const first = cursor.view.getUint32(cursor.pos);
  if ((first & 0x40000000) === 0) return false;
  return end === undefined || cursor.pos + 4 + (first & 0x3fffffff) === end;
}
