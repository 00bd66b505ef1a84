import type { Cursor } from '../bytes/cursor.ts';
import { RootError } from '../error/error.ts';
import { type References, readAny } from './any.ts';
import { builtins } from './builtin.ts';
import { checkEnd, readBits, readObjectHeader } from './header.ts';
import { knownInfo } from './known.ts';
import { infoFor, membersOf } from './layout.ts';
import { type Member, type Node, widthOf } from './node.ts';
import { packedWidth, readNumber, readNumbers, readPacked } from './numbers.ts';
import type { ObjectReader } from './reader.ts';
import type { StreamerInfo, Streamers } from './types.ts';
import type { Plain, PlainValue } from './values.ts';

const deepest = 200;

/** Reads the object of a class at the cursor, with its header. */
export function readPlain(cursor: Cursor, streamers: Streamers, className: string): Plain {
  return new PlainReader(streamers).object(cursor, className);
}

/** Reads objects as their streamer infos say; keeps what has been met, since objects refer to each other. */
class PlainReader implements ObjectReader {
  private readonly streamers: Streamers;
  private readonly references: References = new Map();
  private readonly members = new Map<StreamerInfo, Member[]>();
  private depth = 0;

  constructor(streamers: Streamers) {
    this.streamers = streamers;
  }

  object(cursor: Cursor, className: string, keep?: (value: Plain) => void): Plain {
    const plain: Plain = { '@class': className };
    keep?.(plain);
    this.into(cursor, className, plain);
    return plain;
  }

  pointer(cursor: Cursor): Plain | null {
    return readAny<Plain>(cursor, this.references, (className, end, keep) => {
      const plain: Plain = { '@class': className };
      keep(plain);
      try {
        this.into(cursor, className, plain);
        if (end !== undefined && cursor.pos !== end)
          throw new RootError(
            'ROOT-E03',
            `${className} should end at ${end}, its members end at ${cursor.pos}`,
          );
      } catch (error) {
        // Objects that are not understood are passed over where it is known how long they are.
        if (end === undefined || !(error instanceof RootError || error instanceof RangeError)) throw error;
        if (error instanceof RangeError && error.message.includes('call stack')) throw error;
        for (const name of Object.keys(plain)) if (name !== '@class') delete plain[name];
        plain['@unread'] = error instanceof RootError ? error.problem : 'its members reach beyond its end';
      }
      return plain;
    });
  }

  /** Reads header and members of a class into an object that may have those of a derived class. */
  private into(cursor: Cursor, className: string, plain: Plain): void {
    if (++this.depth > deepest) throw new RootError('ROOT-E09', 'objects are nested without end');
    const builtin = builtins[className];
    if (builtin) builtin(cursor, plain, this);
    else {
      const header = readObjectHeader(cursor);
      const checksum = header.version === 0 && header.end !== undefined ? cursor.u32() : undefined;
      const info =
        infoFor(this.streamers, className, header.version, checksum) ?? knownInfo(className, header.version);
      if (!info)
        throw new RootError(
          'ROOT-E06',
          `class ${className} version ${header.version} has no layout in this file`,
        );
      this.readMembers(cursor, info, plain);
      checkEnd(cursor, header, className);
    }
    this.depth--;
  }

  private readMembers(cursor: Cursor, info: StreamerInfo, plain: Plain): void {
    let members = this.members.get(info);
    if (!members) {
      members = membersOf(info, this.knows);
      this.members.set(info, members);
    }
    for (const { name, node, base } of members) {
      if (base && node.t === 'object') this.into(cursor, node.name, plain);
      else if (base) plain.items = this.value(cursor, node, plain);
      else plain[name] = this.value(cursor, node, plain);
    }
  }

  private readonly knows = (className: string) => className in builtins || this.streamers.has(className);

  private value(cursor: Cursor, node: Node, owner: Plain): PlainValue {
    switch (node.t) {
      case 'number': {
        const value = readNumber(cursor, node.type);
        return node.type === 'bool' ? value !== 0 : value;
      }
      case 'bits':
        return readBits(cursor);
      case 'packed':
        return readPacked(cursor, node.packing, node.type);
      case 'string':
        if (node.header) readObjectHeader(cursor);
        return cursor.string();
      case 'charstar':
        return new TextDecoder().decode(cursor.take(Math.max(0, cursor.i32())));
      case 'array':
        return this.many(cursor, node.item, node.size, owner);
      case 'counted':
        if (cursor.u8() === 0) return [];
        return this.many(cursor, node.item, this.count(owner, node.counter), owner);
      case 'loop': {
        const header = readObjectHeader(cursor);
        const items = this.many(cursor, node.item, this.count(owner, node.counter), owner);
        checkEnd(cursor, header, 'an array of objects');
        return items;
      }
      case 'sequence':
        return this.collection(cursor, node.header, node.item, owner);
      case 'map':
        return this.collection(
          cursor,
          node.header,
          { t: 'pair', first: node.key, second: node.value },
          owner,
        );
      case 'pair':
        return [this.value(cursor, node.first, owner), this.value(cursor, node.second, owner)];
      case 'bitset':
        if (node.header) readObjectHeader(cursor);
        return readNumbers(cursor, 'uint8', cursor.i32());
      case 'object':
        return this.object(cursor, node.name);
      case 'pointer':
        return this.pointer(cursor);
      case 'unknown':
        throw new RootError('ROOT-E06', node.why);
    }
  }

  private count(owner: Plain, counter: string): number {
    const value = owner[counter];
    if (typeof value !== 'number' && typeof value !== 'bigint')
      throw new RootError('ROOT-E03', `an array counts by '${counter}', which is not there`);
    return Number(value);
  }

  private many(cursor: Cursor, item: Node, count: number, owner: Plain): PlainValue {
    const least =
      item.t === 'number' ? widthOf[item.type] : item.t === 'packed' ? packedWidth(item.packing) : 1;
    if (!(count >= 0) || count * least > cursor.left)
      throw new RootError('ROOT-E09', `an array claims ${count} items where ${cursor.left} bytes are left`);
    if (item.t === 'number') return readNumbers(cursor, item.type, count);
    const items: PlainValue[] = [];
    for (let i = 0; i < count; i++) items.push(this.value(cursor, item, owner));
    return items;
  }

  private collection(cursor: Cursor, hasHeader: boolean, item: Node, owner: Plain): PlainValue {
    const header = hasHeader ? readObjectHeader(cursor) : undefined;
    if (header?.memberWise) return this.memberWise(cursor, item, header.end, owner);
    const items = this.many(cursor, item, cursor.i32(), owner);
    if (header) checkEnd(cursor, header, 'a collection');
    return items;
  }

  /** A collection stored member by member: not worth decoding outside of columns, so it says so. */
  private memberWise(cursor: Cursor, item: Node, end: number | undefined, _owner: Plain): PlainValue {
    const what = item.t === 'object' ? item.name : item.t;
    if (end === undefined) throw new RootError('ROOT-E06', `a collection of ${what} stored member by member`);
    cursor.seek(end);
    return { '@class': `collection of ${what}`, '@unread': 'stored member by member' };
  }
}
