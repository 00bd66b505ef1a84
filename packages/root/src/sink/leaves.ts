import type { Column } from '@fasthep/columns';
import type { Cursor } from '../bytes/cursor.ts';
import { RootError } from '../error/error.ts';
import { checkEnd, readBits, readObjectHeader } from '../streamer/header.ts';
import { widthOf } from '../streamer/node.ts';
import { packedWidth } from '../streamer/numbers.ts';
import { numbersOf } from '../tree/decode.ts';
import type { NumberNode } from '../tree/interpretation.ts';
import { GrowingBytes, GrowingOffsets } from './growing.ts';
import type { Sink } from './types.ts';

/** Numbers: their bytes are gathered, and turned round all at once. */
export function numberSink(item: NumberNode): Sink {
  const bytes = new GrowingBytes();
  const width = item.t === 'number' ? widthOf[item.type] : packedWidth(item.packing);
  return {
    type: { kind: item.type },
    least: width,
    read: (cursor, count) => bytes.append(cursor.take(count * width)),
    finish: () => numbersOf(item, bytes.done()),
  };
}

/** Bits of TObjects. */
export function bitsSink(): Sink {
  const bytes = new GrowingBytes();
  return {
    type: { kind: 'uint32' },
    least: 4,
    read(cursor, count) {
      for (let i = 0; i < count; i++) {
        const start = cursor.pos;
        readBits(cursor);
        bytes.append(cursor.bytes.subarray(start, start + 4));
      }
    },
    finish: () => numbersOf({ t: 'number', type: 'uint32' }, bytes.done()),
  };
}

/** Texts, each after its length; with a byte count and version in front of each run of them when `header`. */
export function stringSink(header: boolean, lengthOf: (cursor: Cursor) => Uint8Array = shortText): Sink {
  const bytes = new GrowingBytes();
  const offsets = new GrowingOffsets();
  const run = (cursor: Cursor, count: number) => {
    for (let i = 0; i < count; i++) {
      bytes.append(lengthOf(cursor));
      offsets.push(bytes.length);
    }
  };
  const headed = (cursor: Cursor, count: number) => {
    const head = readObjectHeader(cursor);
    run(cursor, count);
    checkEnd(cursor, head, 'a text');
  };
  return {
    type: { kind: 'string' },
    least: 1,
    read: header ? headed : run,
    readHeaded: headed,
    finish: () => ({ kind: 'string', length: offsets.length, offsets: offsets.done(), bytes: bytes.done() }),
  };
}

function shortText(cursor: Cursor): Uint8Array {
  return cursor.stringBytes();
}

/** `char*`: four bytes of length. */
export function charStarSink(): Sink {
  return stringSink(false, (cursor) => {
    const length = cursor.i32();
    if (length < 0) throw new RootError('ROOT-E03', `a text of ${length} bytes`);
    return cursor.take(length);
  });
}

/** A std::bitset: as many bytes, 0 or 1. */
export function bitsetSink(size: number, header: boolean): Sink {
  const bytes = new GrowingBytes();
  let rows = 0;
  return {
    type: { kind: 'list', item: { kind: 'bool' }, size },
    least: 4 + size,
    read(cursor, count) {
      for (let i = 0; i < count; i++) {
        if (header) readObjectHeader(cursor);
        const bits = cursor.i32();
        if (bits !== size) throw new RootError('ROOT-E03', `a bitset of ${bits} instead of ${size} bits`);
        bytes.append(cursor.take(size));
        rows++;
      }
    },
    finish: () => fixed(numbersOf({ t: 'number', type: 'bool' }, bytes.done()), size, rows),
  };
}

/** Lists of one size around a column. */
export function fixed(content: Column, size: number, rows: number): Column {
  const offsets = new Int32Array(rows + 1);
  for (let i = 1; i <= rows; i++) offsets[i] = i * size;
  return { kind: 'list', length: rows, offsets, content, size };
}
