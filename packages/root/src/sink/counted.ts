import type { Cursor } from '../bytes/cursor.ts';
import { readObjectHeader } from '../streamer/header.ts';
import type { Node } from '../streamer/node.ts';
import { checkCount, unsupported } from './containers.ts';
import { GrowingOffsets } from './growing.ts';
import type { Sink } from './types.ts';

/** Members that other members count by, with their values in the object that is being read. */
export interface Counters {
  /** Names that are counted by. */
  wanted: Set<string>;
  values: Map<string, number>;
}

/** Notes a member that is about to be read, if something counts by it. */
export function noteCounter(counters: Counters, name: string, cursor: Cursor, node: Node): void {
  if (counters.wanted.has(name)) counters.values.set(name, peekCount(cursor, node));
}

function peekCount(cursor: Cursor, node: Node): number {
  if (node.t !== 'number') throw unsupported('an array that counts by something else than a number');
  const { pos } = cursor;
  const value = node.type === 'uint32' ? cursor.u32() : node.type === 'int32' ? cursor.i32() : -1;
  cursor.pos = pos;
  return value;
}

/** As many items as another member says: after a byte that says whether they are there, or (`loop`) a header. */
export function countedSink(item: Sink, counter: string, counters: Counters, loop: boolean): Sink {
  counters.wanted.add(counter);
  const offsets = new GrowingOffsets();
  return {
    type: { kind: 'list', item: item.type },
    least: 1,
    read(cursor, rows) {
      for (let i = 0; i < rows; i++) {
        let there = true;
        if (loop) readObjectHeader(cursor);
        else there = cursor.u8() !== 0;
        const size = there ? (counters.values.get(counter) ?? -1) : 0;
        checkCount(size, item.least, cursor.left);
        item.read(cursor, size);
        offsets.push(offsets.last + size);
      }
    },
    finish: () => ({ kind: 'list', length: offsets.length, offsets: offsets.done(), content: item.finish() }),
  };
}
