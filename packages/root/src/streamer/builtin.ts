import type { Cursor } from '../bytes/cursor.ts';
import { RootError } from '../error/error.ts';
import { checkEnd, readObjectHeader, skipTObject } from './header.ts';
import type { NumberType } from './node.ts';
import { readNumbers } from './numbers.ts';
import type { ObjectReader } from './reader.ts';
import type { Plain, PlainValue } from './values.ts';

/** Reads the members of a class that streams itself. */
type Builtin = (cursor: Cursor, plain: Plain, reader: ObjectReader) => void;

/** ROOT's classes with streamers of their own, which streamer infos do not describe. */
export const builtins: Record<string, Builtin | undefined> = {
  TObject: (cursor) => {
    skipTObject(cursor);
  },
  TNamed: (cursor, plain) => {
    const header = readObjectHeader(cursor);
    skipTObject(cursor);
    plain.fName = cursor.string();
    plain.fTitle = cursor.string();
    checkEnd(cursor, header, 'TNamed');
  },
  TObjString: (cursor, plain) => {
    const header = readObjectHeader(cursor);
    plain.fUniqueID = skipTObject(cursor);
    plain.fString = cursor.string();
    checkEnd(cursor, header, 'TObjString');
  },
  string: (cursor, plain) => {
    plain.fString = cursor.string();
  },
  TString: (cursor, plain) => {
    plain.fString = cursor.string();
  },
  TDatime: (cursor, plain) => {
    plain.fDatime = cursor.u32();
  },
  TList: readList,
  THashList: readList,
  TObjArray: (cursor, plain, reader) => {
    const header = readObjectHeader(cursor);
    if (header.version > 2) skipTObject(cursor);
    plain.fName = header.version > 1 ? cursor.string() : '';
    const count = itemCount(cursor);
    cursor.i32();
    plain.items = Array.from({ length: count }, () => reader.pointer(cursor));
    checkEnd(cursor, header, 'TObjArray');
  },
  TClonesArray: readClones,
  TMap: (cursor, plain, reader) => {
    const header = readObjectHeader(cursor);
    if (header.version > 2) skipTObject(cursor);
    plain.fName = header.version > 1 ? cursor.string() : '';
    const pairs: PlainValue[] = [];
    for (let left = itemCount(cursor); left > 0; left--)
      pairs.push([reader.pointer(cursor), reader.pointer(cursor)]);
    plain.pairs = pairs;
    checkEnd(cursor, header, 'TMap');
  },
  TRef: (cursor, plain) => {
    skipTObject(cursor);
    plain.fPID = cursor.u16();
  },
  TRefArray: (cursor, plain) => {
    const header = readObjectHeader(cursor);
    skipTObject(cursor);
    plain.fName = cursor.string();
    const count = itemCount(cursor);
    cursor.i32();
    plain.fPID = cursor.u16();
    plain.fUIDs = readNumbers(cursor, 'uint32', count);
    checkEnd(cursor, header, 'TRefArray');
  },
  TArrayC: array('int8'),
  TArrayS: array('int16'),
  TArrayI: array('int32'),
  TArrayL: array('int64'),
  TArrayL64: array('int64'),
  TArrayF: array('float32'),
  TArrayD: array('float64'),
  TBasket: readBasket,
};

function array(type: NumberType): Builtin {
  return (cursor, plain) => {
    const count = cursor.i32();
    if (count < 0) throw new RootError('ROOT-E03', `an array of ${count} items`);
    plain.items = readNumbers(cursor, type, count);
  };
}

/** How many items follow; each takes a byte at least. */
function itemCount(cursor: Cursor): number {
  const count = cursor.i32();
  if (count < 0 || count > cursor.left)
    throw new RootError('ROOT-E09', `a collection claims ${count} items where ${cursor.left} bytes are left`);
  return count;
}

function readList(cursor: Cursor, plain: Plain, reader: ObjectReader): void {
  const header = readObjectHeader(cursor);
  if (header.version > 3) skipTObject(cursor);
  plain.fName = header.version > 3 ? cursor.string() : '';
  const count = itemCount(cursor);
  const items: PlainValue[] = [];
  for (let i = 0; i < count; i++) {
    items.push(reader.pointer(cursor));
    if (header.version > 3) {
      let length = cursor.u8();
      if (header.version > 4 && length === 255) length = cursor.i32();
      cursor.skip(length);
    }
  }
  plain.items = items;
  checkEnd(cursor, header, 'TList');
}

function readClones(cursor: Cursor, plain: Plain, reader: ObjectReader): void {
  const header = readObjectHeader(cursor);
  if (header.version > 2) skipTObject(cursor);
  plain.fName = header.version > 1 ? cursor.string() : '';
  const [className = ''] = cursor.string().split(';');
  const count = itemCount(cursor);
  cursor.i32();
  // Bit 12 of TObject says that members are stored one after the other; it is not kept, so the end decides.
  const items: PlainValue[] = [];
  for (let i = 0; i < count; i++) items.push(cursor.u8() === 0 ? null : reader.object(cursor, className));
  plain.items = items;
  checkEnd(cursor, header, 'TClonesArray');
}

/** A basket that was never written out: it lies inside the tree, with its key in front (TBasket::Streamer). */
function readBasket(cursor: Cursor, plain: Plain): void {
  const start = cursor.pos;
  cursor.i32();
  const keyVersion = cursor.u16();
  const objlen = cursor.i32();
  cursor.u32();
  const keylen = cursor.i16();
  cursor.u16();
  cursor.skip(keyVersion > 1000 ? 16 : 8);
  for (let i = 0; i < 3; i++) cursor.stringBytes();
  const version = cursor.u16();
  cursor.i32();
  let bufferSize = cursor.i32();
  let bits = 0;
  if (bufferSize < 0) {
    bufferSize = -bufferSize;
    bits = cursor.u8();
  }
  const entries = cursor.i32();
  const last = cursor.i32();
  let flag = cursor.u8();
  plain.objlen = objlen;
  plain.keylen = keylen;
  plain.bits = bits;
  plain.entries = entries;
  plain.last = last;
  plain.at = start;
  const generate = flag >= 80;
  plain.generate = generate;
  if (generate) flag -= 80;
  else if (flag !== 0 && flag % 10 !== 2) {
    if (entries !== 0) plain.offsets = readNumbers(cursor, 'int32', itemCount(cursor));
    // The top byte of an offset marks a displacement here.
    if (flag > 20 && flag < 40 && plain.offsets instanceof Int32Array)
      for (let i = 0; i < plain.offsets.length; i++) plain.offsets[i]! &= 0x00ffffff;
    if (flag > 40) plain.displacement = readNumbers(cursor, 'int32', itemCount(cursor));
  }
  if (flag === 1 || flag > 10) plain.data = cursor.take(version > 1 ? last : cursor.i32());
}
