import { withinAsync } from '../error/error.ts';
import { findKey } from '../file/directory.ts';
import { readObjectOf } from '../file/read.ts';
import type { RootFile } from '../file/types.ts';
import { readPlain } from '../streamer/object.ts';
import type { Streamers } from '../streamer/types.ts';
import type { Plain } from '../streamer/values.ts';
import { type RootRecord, recordOf } from './record.ts';

/** Reads the object at `dir/name` (or `dir/name;cycle`) as plain data: its members by name. */
export async function readObject(file: RootFile, path: string, streamers: Streamers): Promise<Plain> {
  const key = await findKey(file, path);
  return withinAsync({ file: file.source.name, object: key.path, offset: key.seek }, async () =>
    readPlain(await readObjectOf(file.source, key), streamers, key.className),
  );
}

/** Reads an object as a record of its kind: a histogram, graph, text, list, … */
export async function readRecord(file: RootFile, path: string, streamers: Streamers): Promise<RootRecord> {
  const plain = await readObject(file, path, streamers);
  return withinAsync({ file: file.source.name, object: path }, async () => recordOf(plain));
}
