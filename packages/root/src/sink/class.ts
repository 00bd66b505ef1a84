import type { Column, DataType } from '@fasthep/columns';
import type { Cursor } from '../bytes/cursor.ts';
import { checkEnd, readObjectHeader } from '../streamer/header.ts';
import { infoFor, membersOf } from '../streamer/layout.ts';
import type { Node } from '../streamer/node.ts';
import type { StreamerInfo, Streamers } from '../streamer/types.ts';
import { type MemberWise, unsupported } from './containers.ts';
import { type Counters, countedSink, noteCounter } from './counted.ts';
import { ownSink } from './own.ts';
import type { Sink } from './types.ts';

const notColumns = new Set(
  'TObjArray TList THashList TMap TClonesArray TCollection TSeqCollection TBasket'.split(' '),
);

/** Makes the sink of a member; bases share the counters of the class. */
export type MakeSink = (node: Node, counters?: Counters) => Sink;

/** A class by its streamer info: a header, then bases and members; fields of bases are its own. */
export function classSink(
  node: Extract<Node, { t: 'object' }>,
  streamers: Streamers,
  make: MakeSink,
  shared?: Counters,
): Sink {
  const { name } = node;
  const counters: Counters = shared ?? { wanted: new Set(), values: new Map() };
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

  interface Step {
    base: boolean;
    name: string;
    sink: Sink;
    node: Node;
  }
  const steps = membersOf(planned, knows).map(({ name: member, node: one, base }): Step => {
    const counted = one.t === 'counted' || one.t === 'loop';
    const sink = counted
      ? countedSink(make(one.item), one.counter, counters, one.t === 'loop')
      : make(one, base ? counters : undefined);
    return { base, name: member, node: one, sink };
  });
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
      noteCounter(counters, step.name, cursor, step.node);
      step.sink.read(cursor, 1);
    }
  };

  const fields = () =>
    joined(steps.map(({ base, name: member, sink }) => ({ base, name: member, value: sink.finish() })));
  const types = joined(
    steps.map(({ base, name: member, sink }) => ({ base, name: member, value: sink.type })),
  );

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
      if (count === 0) return;
      if (steps.some((step) => step.node.t === 'counted' || step.node.t === 'loop'))
        throw unsupported(`${name} with arrays of variable length, member by member`);
      for (const step of steps) step.sink.read(cursor, count);
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

/** Fields of a class with those of its bases. Where names meet, the one of the base is called `Base::name`. */
function joined<T extends Column | DataType>(
  parts: readonly { base: boolean; name: string; value: T }[],
): Record<string, T> {
  const taken = new Map<string, number>();
  const named = parts.flatMap(({ base, name, value }): { base: string; name: string; value: T }[] => {
    if (!base) return [{ base: '', name, value }];
    if (value.kind !== 'record') return [{ base: name, name: '_items', value }];
    return Object.entries(value.fields).map(([field, inner]) => ({
      base: name,
      name: field,
      value: inner as T,
    }));
  });
  for (const { name } of named) taken.set(name, (taken.get(name) ?? 0) + 1);
  return Object.fromEntries(
    named.map(({ base, name, value }) => [
      base !== '' && taken.get(name)! > 1 ? `${base}::${name}` : name,
      value,
    ]),
  );
}
