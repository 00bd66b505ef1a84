import type { Column } from '@fasthep/columns';
import type { Cursor } from '../bytes/cursor.ts';
import { RootError } from '../error/error.ts';
import { checkEnd, readObjectHeader } from '../streamer/header.ts';
import type { Node } from '../streamer/node.ts';
import type { StreamerInfo } from '../streamer/types.ts';
import { GrowingOffsets } from './growing.ts';
import { fixed } from './leaves.ts';
import type { Sink } from './types.ts';

/** What a file may hold but columns cannot. */
export function unsupported(why: string): RootError {
  return new RootError('ROOT-E06', why);
}

/** Fixed arrays. */
export function arraySink(item: Sink, size: number): Sink {
  let rows = 0;
  return {
    type: { kind: 'list', item: item.type, size },
    least: size * item.least,
    read(cursor, count) {
      item.read(cursor, count * size);
      rows += count;
    },
    finish: () => fixed(item.finish(), size, rows),
  };
}

/** Containers; what they hold may lie member by member, when it is a class, pair or map. */
export function sequenceSink(item: Sink, node: Node, hasHeader: boolean): Sink {
  const offsets = new GrowingOffsets();
  const one = (cursor: Cursor, memberWise: boolean) => {
    if (memberWise) {
      const members = item as Partial<MemberWise>;
      if (!members.readMembers) throw unsupported(`a collection of ${node.t} stored member by member`);
      const begin = members.memberHeader?.(cursor);
      const size = cursor.i32();
      checkCount(size, 0, cursor.left);
      members.readMembers(cursor, size, begin);
      offsets.push(offsets.last + size);
      return;
    }
    const size = cursor.i32();
    checkCount(size, item.least, cursor.left);
    item.read(cursor, size);
    offsets.push(offsets.last + size);
  };
  const headed = (cursor: Cursor, count: number) => {
    const header = readObjectHeader(cursor);
    for (let i = 0; i < count; i++) one(cursor, header.memberWise);
    checkEnd(cursor, header, 'a collection');
  };
  const bare = (cursor: Cursor, count: number) => {
    for (let i = 0; i < count; i++) one(cursor, false);
  };
  return {
    type: { kind: 'list', item: item.type },
    least: 4,
    // One header stands before a run of containers.
    read: hasHeader ? headed : bare,
    readHeaded: headed,
    finish: () => ({
      kind: 'list',
      length: offsets.length,
      offsets: offsets.done(),
      content: item.finish(),
    }),
  };
}

/** Refuses counts that the bytes cannot hold. */
export function checkCount(count: number, least: number, left: number): void {
  if (count < 0 || count * Math.max(least, 0) > left || count > 0x7fffffff || (least === 0 && count > 1e7))
    throw new RootError('ROOT-E09', `a collection claims ${count} items where ${left} bytes are left`);
}

/** What can also be read member by member, for many objects at once. */
export interface MemberWise {
  /** Reads what stands before the count: the version of the class. */
  memberHeader(cursor: Cursor): StreamerInfo | undefined;
  readMembers(cursor: Cursor, count: number, info: StreamerInfo | undefined): void;
}

/** Fields that follow each other without a header: pairs, and items of maps. */
export function recordSink(fields: [string, Sink][]): Sink & MemberWise {
  let rows = 0;
  return {
    type: { kind: 'record', fields: Object.fromEntries(fields.map(([name, sink]) => [name, sink.type])) },
    least: fields.reduce((sum, [, sink]) => sum + sink.least, 0),
    read(cursor, count) {
      for (let i = 0; i < count; i++) for (const [, sink] of fields) sink.read(cursor, 1);
      rows += count;
    },
    memberHeader(cursor) {
      if (cursor.u16() === 0) cursor.skip(4);
      return undefined;
    },
    readMembers(cursor, count) {
      // Strings and containers have a header here, which they have not when pairs lie one after the other.
      for (const [, sink] of fields) (sink.readHeaded ?? sink.read)(cursor, count);
      rows += count;
    },
    finish: () => ({ kind: 'record', length: rows, fields: finished(fields) }),
  };
}

function finished(fields: readonly [string, Sink][]): Record<string, Column> {
  return Object.fromEntries(fields.map(([name, sink]) => [name, sink.finish()]));
}
