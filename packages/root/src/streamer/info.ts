import type { Cursor } from '../bytes/cursor.ts';
import { RootError } from '../error/error.ts';
import { type References, readAny } from './any.ts';
import { readNamed, readObjectHeader, skipTObject } from './header.ts';
import type { StreamerElement, StreamerInfo, Streamers } from './types.ts';

/** Reads the list of TStreamerInfo of a file: how every class in it is laid out. */
export function readStreamers(cursor: Cursor): Streamers {
  const streamers: Streamers = new Map();
  const references: References = new Map();
  readObjectHeader(cursor);
  skipTObject(cursor);
  cursor.string();
  const count = cursor.i32();
  for (let i = 0; i < count; i++) {
    const info = readAny<StreamerInfo | null>(cursor, references, (className, end) => {
      if (className === 'TStreamerInfo') return readInfo(cursor, references);
      // Schema evolution rules come as a list of strings.
      if (end === undefined)
        throw new RootError('ROOT-E03', `unexpected ${className} among the streamer infos`);
      cursor.seek(end);
      return null;
    });
    cursor.skip(cursor.u8());
    if (info) addStreamer(streamers, info);
  }
  return streamers;
}

/** Adds a layout; what is there already for its version stays. */
function addStreamer(streamers: Streamers, info: StreamerInfo): void {
  const known = streamers.get(info.name);
  if (!known) streamers.set(info.name, [info]);
  else if (!known.some((one) => one.version === info.version && one.checksum === info.checksum))
    known.push(info);
}

function readInfo(cursor: Cursor, references: References): StreamerInfo {
  const header = readObjectHeader(cursor);
  const { name } = readNamed(cursor);
  const checksum = cursor.u32();
  const version = cursor.i32();
  const elements =
    readAny<StreamerElement[]>(cursor, references, () => readElements(cursor, references)) ?? [];
  if (header.end !== undefined) cursor.seek(header.end);
  return { name, version, checksum, elements };
}

function readElements(cursor: Cursor, references: References): StreamerElement[] {
  const header = readObjectHeader(cursor);
  skipTObject(cursor);
  cursor.string();
  const count = cursor.i32();
  cursor.i32();
  const elements: StreamerElement[] = [];
  for (let i = 0; i < count; i++) {
    const element = readAny<StreamerElement>(cursor, references, (kind, end) =>
      readElement(cursor, kind, end),
    );
    if (element) elements.push(element);
  }
  if (header.end !== undefined) cursor.seek(header.end);
  return elements;
}

function readElement(cursor: Cursor, kind: string, end: number | undefined): StreamerElement {
  const header = readObjectHeader(cursor);
  if (kind === 'TStreamerSTLstring') readObjectHeader(cursor);
  const element = readElementBase(cursor, kind);
  if (kind === 'TStreamerBase' && header.version >= 2 && cursor.pos + 4 <= (header.end ?? cursor.pos + 4))
    element.baseVersion = cursor.i32();
  else if (kind === 'TStreamerBasicPointer' || kind === 'TStreamerLoop') {
    cursor.i32();
    element.countName = cursor.string();
    cursor.string();
  } else if (kind === 'TStreamerSTL' || kind === 'TStreamerSTLstring') {
    element.stlType = cursor.i32();
    element.ctype = cursor.i32();
  }
  const stop = end ?? header.end;
  if (stop !== undefined) cursor.seek(stop);
  return element;
}

const bool = 18;
const unsignedChar = 11;

function readElementBase(cursor: Cursor, kind: string): StreamerElement {
  const header = readObjectHeader(cursor);
  const { name, title } = readNamed(cursor);
  let type = cursor.i32();
  cursor.i32();
  const arrayLength = cursor.i32();
  const arrayDim = cursor.i32();
  const limits = header.version === 1 ? cursor.i32() : 5;
  if (limits < 0 || limits > 100)
    throw new RootError('ROOT-E03', `member '${name}' with ${limits} dimensions`);
  const maxIndex = Array.from({ length: limits }, () => cursor.i32());
  const typeName = cursor.string();
  if (type === unsignedChar && (typeName === 'Bool_t' || typeName === 'bool')) type = bool;
  if (header.end !== undefined) cursor.seek(header.end);
  return { kind, name, title, type, typeName, arrayLength, dims: maxIndex.slice(0, Math.max(0, arrayDim)) };
}
