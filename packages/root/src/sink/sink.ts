import type { Column, DataType } from '@fasthep/columns';
import type { Cursor } from '../bytes/cursor.ts';
import { RootError } from '../error/error.ts';
import { type References, readAny } from '../streamer/any.ts';
import { checkEnd, readObjectHeader, skipTObject } from '../streamer/header.ts';
import { infoFor, membersOf } from '../streamer/layout.ts';
import type { Node } from '../streamer/node.ts';
import type { StreamerInfo, Streamers } from '../streamer/types.ts';
import { GrowingOffsets } from './growing.ts';
import { bitsetSink, charStarSink, fixed, numberSink, stringSink } from './leaves.ts';
import type { Sink } from './types.ts';

const deepest = 40;

/** Makes a sink for a layout; throws RootError when it cannot become columns. */
export function sinkOf(node: Node, streamers: Streamers, depth = 0): Sink {
  if (depth > deepest) throw unsupported('types are nested without end');
  const inner = (item: Node) => sinkOf(item, streamers, depth + 1);
  switch (node.t) {
    case 'number':
    case 'packed':
      return numberSink(node);
    case 'string':
      return node.plain ? { ...stringSink(false), readHeaded: undefined } : stringSink(node.header);
    case 'charstar':
      return charStarSink();
    case 'bitset':
      return bitsetSink(node.size, node.header);
    case 'array':
      return arraySink(inner(node.item), node.size);
    case 'sequence':
      return sequenceSink(inner(node.item), node.item, node.header);
    case 'map':
      return sequenceSink(
        recordSink([
          ['key', inner(node.key)],
          ['value', inner(node.value)],
        ]),
        node,
        node.header,
      );
    case 'pair':
      return recordSink([
        ['first', inner(node.first)],
        ['second', inner(node.second)],
      ]);
    case 'object':
      return classSink(node, streamers, depth);
    case 'pointer':
      return pointerSink(node.name, inner({ t: 'object', name: node.name }));
    case 'counted':
    case 'loop':
      throw unsupported('an array whose length is another member');
    case 'unknown':
      throw unsupported(node.why);
  }
}

function unsupported(why: string): RootError {
  return new RootError('ROOT-E06', why);
}

function arraySink(item: Sink, size: number): Sink {
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
function sequenceSink(item: Sink, node: Node, hasHeader: boolean): Sink {
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
    read: hasHeader ? (cursor, count) => count > 0 && headed(cursor, count) : bare,
    readHeaded: headed,
    finish: () => ({
      kind: 'list',
      length: offsets.length,
      offsets: offsets.done(),
      content: item.finish(),
    }),
  };
}

function checkCount(count: number, least: number, left: number): void {
  if (count < 0 || count * Math.max(least, 0) > left || count > 0x7fffffff || (least === 0 && count > 1e7))
    throw new RootError('ROOT-E09', `a collection claims ${count} items where ${left} bytes are left`);
}

/** What can also be read member by member, for many objects at once. */
interface MemberWise {
  /** Reads what stands before the count: the version of the class. */
  memberHeader(cursor: Cursor): StreamerInfo | undefined;
  readMembers(cursor: Cursor, count: number, info: StreamerInfo | undefined): void;
}

/** Fields that follow each other without a header: pairs, and items of maps. */
function recordSink(fields: [string, Sink][]): Sink & MemberWise {
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

/** Classes that stream themselves. */
function ownSink(name: string): Sink | undefined {
  switch (name) {
    case 'TObject': {
      const sink = plainRecord([]);
      return {
        ...sink,
        least: 10,
        read(cursor, count) {
          for (let i = 0; i < count; i++) skipTObject(cursor);
          sink.read(cursor, count);
        },
      };
    }
    case 'TDatime':
      return plainRecord([['fDatime', numberSink({ t: 'number', type: 'uint32' })]]);
    case 'TString':
      return stringSink(false);
    case 'TArrayC':
      return arrayClass('int8');
    case 'TArrayS':
      return arrayClass('int16');
    case 'TArrayI':
      return arrayClass('int32');
    case 'TArrayL':
    case 'TArrayL64':
      return arrayClass('int64');
    case 'TArrayF':
      return arrayClass('float32');
    case 'TArrayD':
      return arrayClass('float64');
    default:
      return undefined;
  }
}

function plainRecord(fields: [string, Sink][]): Sink {
  return recordSink(fields);
}

function arrayClass(type: 'int8' | 'int16' | 'int32' | 'int64' | 'float32' | 'float64'): Sink {
  const item = { t: 'number', type } as const;
  return sequenceSink(numberSink(item), item, false);
}

const notColumns = new Set(
  'TObjArray TList THashList TMap TClonesArray TRef TRefArray TCollection TSeqCollection TBasket'.split(' '),
);

/** A class by its streamer info: a header, then bases and members; fields of bases are its own. */
function classSink(node: Extract<Node, { t: 'object' }>, streamers: Streamers, depth: number): Sink {
  const { name } = node;
  const own = ownSink(name);
  if (own) return own;
  if (notColumns.has(name)) throw unsupported(`class ${name} can hold anything`);
  const infos = streamers.get(name);
  const planned =
    infos?.find((info) => info.version === node.version) ??
    infos?.reduce((best, info) => (info.version > best.version ? info : best));
  if (!infos || !planned) throw unsupported(`class ${name} has no layout in this file`);
  const knows = (className: string) => streamers.has(className) || ownSink(className) !== undefined;
  let rows = 0;
  const counters = new Map<string, number>();

  interface Step {
    base: boolean;
    name: string;
    sink: Sink;
    node: Node;
  }
  const steps = membersOf(planned, knows).map(({ name: member, node, base }): Step => {
    if (node.t === 'counted')
      return {
        base,
        name: member,
        node,
        sink: countedSink(sinkOf(node.item, streamers, depth + 1), () => counters.get(node.counter)),
      };
    return { base, name: member, node, sink: sinkOf(node, streamers, depth + 1) };
  });
  const countsNeeded = new Set(steps.flatMap(({ node }) => (node.t === 'counted' ? [node.counter] : [])));
  // Members by version: the same names with the same layouts may stand in another order or be fewer.
  const accept = (info: StreamerInfo | undefined, header: { version: number }) => {
    if (info === planned) return;
    if (info && JSON.stringify(membersOf(info, knows)) === JSON.stringify(membersOf(planned, knows))) return;
    throw unsupported(
      `class ${name} is there in version ${header.version}, its column is laid out for version ${planned.version}`,
    );
  };
  const readOne = (cursor: Cursor) => {
    for (const step of steps) {
      if (countsNeeded.has(step.name)) counters.set(step.name, peekCount(cursor, step.node));
      step.sink.read(cursor, 1);
    }
  };

  const fields = (): Record<string, Column> => {
    const result: Record<string, Column> = {};
    for (const { base, name: member, sink } of steps) {
      const column = sink.finish();
      if (base && column.kind === 'record') Object.assign(result, column.fields);
      else result[base ? '_items' : member] = column;
    }
    return result;
  };
  const types: Record<string, DataType> = {};
  for (const { base, name: member, sink } of steps) {
    if (base && sink.type.kind === 'record') Object.assign(types, sink.type.fields);
    else types[base ? '_items' : member] = sink.type;
  }

  const sink: Sink & MemberWise = {
    type: { kind: 'record', fields: types },
    least: 2,
    read(cursor, count) {
      for (let i = 0; i < count; i++) {
        const header = readObjectHeader(cursor);
        const checksum = header.version === 0 && header.end !== undefined ? cursor.u32() : undefined;
        accept(infoFor(streamers, name, header.version, checksum), header);
        readOne(cursor);
        checkEnd(cursor, header, name);
      }
      rows += count;
    },
    memberHeader(cursor) {
      const version = cursor.u16();
      const checksum = version === 0 ? cursor.u32() : undefined;
      const info = infoFor(streamers, name, version, checksum);
      accept(info, { version });
      return info;
    },
    readMembers(cursor, count) {
      if (countsNeeded.size > 0)
        throw unsupported(`${name} with arrays of variable length, member by member`);
      for (const step of steps) {
        const memberWise = step.sink as Partial<MemberWise>;
        // Bases lie member by member too, without a header of their own.
        if (step.base && memberWise.readMembers) memberWise.readMembers(cursor, count, undefined);
        else step.sink.read(cursor, count);
      }
      rows += count;
    },
    readBare(cursor) {
      readOne(cursor);
      rows++;
    },
    finish: () => ({ kind: 'record', length: rows, fields: fields() }),
  };
  return sink;
}

function peekCount(cursor: Cursor, node: Node): number {
  if (node.t !== 'number') throw unsupported('an array that counts by something else than a number');
  const { pos } = cursor;
  const value = node.type === 'uint32' ? cursor.u32() : node.type === 'int32' ? cursor.i32() : -1;
  cursor.pos = pos;
  return value;
}

function countedSink(item: Sink, count: () => number | undefined): Sink {
  const offsets = new GrowingOffsets();
  return {
    type: { kind: 'list', item: item.type },
    least: 1,
    read(cursor, rows) {
      for (let i = 0; i < rows; i++) {
        const size = cursor.u8() === 0 ? 0 : (count() ?? -1);
        checkCount(size, item.least, cursor.left);
        item.read(cursor, size);
        offsets.push(offsets.last + size);
      }
    },
    finish: () => ({ kind: 'list', length: offsets.length, offsets: offsets.done(), content: item.finish() }),
  };
}

/** Pointers: the class must be the declared one; null is a list without an item. */
function pointerSink(name: string, item: Sink): Sink {
  const offsets = new GrowingOffsets();
  return {
    type: { kind: 'list', item: item.type },
    least: 4,
    read(cursor, count) {
      const references: References = new Map();
      for (let i = 0; i < count; i++) {
        const found = readAny<true>(cursor, references, (className) => {
          if (className !== name) throw unsupported(`a pointer to ${name} leads to a ${className}`);
          item.read(cursor, 1);
          return true;
        });
        offsets.push(offsets.last + (found ? 1 : 0));
      }
    },
    finish: () => ({ kind: 'list', length: offsets.length, offsets: offsets.done(), content: item.finish() }),
  };
}
