import type { Cursor } from '../bytes/cursor.ts';
import { fastMachine, xxh3 } from '../codec/fast.ts';
import { RootError, within } from '../error/error.ts';
import { readObjectOf } from '../file/read.ts';
import type { PathKey, RootFile } from '../file/types.ts';
import { readObjectHeader } from '../streamer/header.ts';
import { readEnvelope } from './envelope.ts';
import type { Little } from './little.ts';
import { linkSchema, readSchema, type SchemaParts } from './schema.ts';
import type { Cluster, ColumnPages, Locator, Ntuple, Page } from './types.ts';

interface Anchor {
  header: Locator;
  headerLength: number;
  footer: Locator;
  footerLength: number;
}

/** Reads everything about an RNTuple but its pages. */
export async function readNtuple(file: RootFile, key: PathKey): Promise<Ntuple> {
  const place = { file: file.source.name, object: key.path, offset: key.seek };
  const object = await readObjectOf(file.source, key);
  const fast = await fastMachine();
  const anchor = within(place, () => readAnchor(object, (bytes) => xxh3(fast, bytes)));
  const header = await readEnvelope(file, anchor.header, anchor.headerLength, 1, key.path);
  const footer = await readEnvelope(file, anchor.footer, anchor.footerLength, 2, key.path);
  const parts: SchemaParts = { fields: [], columns: [], aliases: [] };
  const { name, description } = within({ ...place, offset: anchor.header.offset }, () => {
    const { cursor } = header;
    cursor.features();
    const found = { name: cursor.string(), description: cursor.string() };
    cursor.string();
    readSchema(cursor, parts);
    return found;
  });
  const groups = within({ ...place, offset: anchor.footer.offset }, () => {
    const { cursor } = footer;
    cursor.features();
    if (cursor.u64() !== header.checksum)
      throw new RootError('ROOT-E03', 'the footer belongs to another header');
    cursor.record(() => readSchema(cursor, parts));
    return cursor.list(() =>
      cursor.record(() => {
        cursor.u64();
        cursor.u64();
        cursor.u32();
        return { length: cursor.size(), locator: cursor.locator() };
      }),
    );
  });
  const fields = within(place, () => linkSchema(parts));
  const clusters: Cluster[] = [];
  for (const { length, locator } of groups) {
    const { cursor } = await readEnvelope(file, locator, length, 3, key.path);
    clusters.push(
      ...within({ ...place, offset: locator.offset }, () => {
        if (cursor.u64() !== header.checksum)
          throw new RootError('ROOT-E03', 'the page list belongs to another header');
        return readPageList(cursor);
      }),
    );
  }
  clusters.sort((a, b) => a.start - b.start);
  let entries = 0;
  for (const cluster of clusters) {
    if (cluster.start !== entries)
      throw new RootError(
        'ROOT-E03',
        `a cluster begins at row ${cluster.start} instead of ${entries}`,
        place,
      );
    entries += cluster.entries;
  }
  return { name, description, entries, fields, clusters };
}

function readAnchor(cursor: Cursor, hash: (bytes: Uint8Array) => bigint): Anchor {
  const head = readObjectHeader(cursor);
  const start = cursor.pos;
  const [epoch, major, minor] = [cursor.u16(), cursor.u16(), cursor.u16()];
  cursor.u16();
  if (epoch !== 1)
    throw new RootError('ROOT-E06', `an RNTuple of version ${epoch}.${major}.${minor}; version 1 is read`);
  const place = () => ({ offset: cursor.long(), size: cursor.long(), length: cursor.long() });
  const [header, footer] = [place(), place()];
  cursor.long();
  const end = head.end ?? cursor.pos;
  if (cursor.left >= 8) {
    cursor.seek(end);
    if (hash(cursor.bytes.subarray(start, end)) !== cursor.u64())
      throw new RootError('ROOT-E08', 'the checksum of the anchor of the RNTuple does not match');
  }
  return { header, headerLength: header.length, footer, footerLength: footer.length };
}

function readPageList(cursor: Little): Cluster[] {
  const summaries = cursor.list(() =>
    cursor.record(() => {
      const start = cursor.size();
      const packed = cursor.u64();
      if (packed >> 56n !== 0n) throw new RootError('ROOT-E06', 'a cluster that is cut into shards');
      return { start, entries: Number(packed) };
    }),
  );
  const columns = cursor.list(() =>
    cursor.list((): ColumnPages => {
      let suspended = false;
      const pages = cursor.list(
        (): Page => {
          const elements = cursor.i32();
          return { elements: Math.abs(elements), checksum: elements < 0, locator: cursor.locator() };
        },
        () => {
          suspended = cursor.i64() < 0n;
          if (!suspended) cursor.u32();
        },
      );
      return { pages, suspended };
    }),
  );
  if (columns.length !== summaries.length)
    throw new RootError('ROOT-E03', `${summaries.length} clusters, but pages of ${columns.length}`);
  return summaries.map((summary, i) => ({ ...summary, columns: columns[i]! }));
}
