import { type References, readAny } from '../streamer/any.ts';
import type { Node } from '../streamer/node.ts';
import type { Streamers } from '../streamer/types.ts';
import { classSink } from './class.ts';
import { arraySink, recordSink, sequenceSink, unsupported } from './containers.ts';
import type { Counters } from './counted.ts';
import { GrowingOffsets } from './growing.ts';
import { bitsetSink, bitsSink, charStarSink, numberSink, stringSink } from './leaves.ts';
import type { Sink } from './types.ts';

const deepest = 40;

/** Makes a sink for a layout; throws RootError when it cannot become columns. */
export function sinkOf(node: Node, streamers: Streamers, depth = 0, counters?: Counters): Sink {
  if (depth > deepest) throw unsupported('types are nested without end');
  const inner = (item: Node) => sinkOf(item, streamers, depth + 1);
  switch (node.t) {
    case 'number':
    case 'packed':
      return numberSink(node);
    case 'bits':
      return bitsSink();
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
      return classSink(
        node,
        streamers,
        (item, shared) => sinkOf(item, streamers, depth + 1, shared),
        counters,
      );
    case 'pointer':
      return pointerSink(node.name, inner({ t: 'object', name: node.name }));
    case 'counted':
    case 'loop':
      throw unsupported('an array whose length is another member');
    case 'unknown':
      throw unsupported(node.why);
  }
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
