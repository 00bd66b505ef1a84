import type { Column } from '@fasthep/columns';
import { checkEnd, readBits, readObjectHeader, skipTObject } from '../streamer/header.ts';
import { checkCount, recordSink, sequenceSink } from './containers.ts';
import { GrowingOffsets } from './growing.ts';
import { numberSink, stringSink } from './leaves.ts';
import type { Sink } from './types.ts';

/** Classes that stream themselves. */
export function ownSink(name: string): Sink | undefined {
  switch (name) {
    case 'TObject': {
      const sink = recordSink([]);
      return {
        ...sink,
        least: 10,
        read(cursor, count) {
          for (let i = 0; i < count; i++) skipTObject(cursor);
          sink.read(cursor, count);
        },
      };
    }
    case 'TRef': {
      const numbers = numberSink({ t: 'number', type: 'uint32' });
      const sink = recordSink([['ref', numbers]]);
      return {
        ...sink,
        least: 12,
        // A TObject whose number is that of what it refers to, and the process that numbered it.
        read(cursor, count) {
          for (let i = 0; i < count; i++) {
            cursor.skip(2);
            sink.read(cursor, 1);
            readBits(cursor);
            cursor.skip(2);
          }
        },
      };
    }
    case 'TRefArray':
      return refArraySink();
    case 'TDatime':
      return recordSink([['fDatime', numberSink({ t: 'number', type: 'uint32' })]]);
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

function arrayClass(type: 'int8' | 'int16' | 'int32' | 'int64' | 'float32' | 'float64'): Sink {
  const item = { t: 'number', type } as const;
  return sequenceSink(numberSink(item), item, false);
}

/** References to objects: a name, how many, and the number of each. */
function refArraySink(): Sink {
  const name = stringSink(false);
  const size = numberSink({ t: 'number', type: 'int32' });
  const numbers = numberSink({ t: 'number', type: 'int32' });
  const offsets = new GrowingOffsets();
  const list = (): Column => ({
    kind: 'list',
    length: offsets.length,
    offsets: offsets.done(),
    content: numbers.finish(),
  });
  return {
    type: {
      kind: 'record',
      fields: { fName: name.type, fSize: size.type, refs: { kind: 'list', item: numbers.type } },
    },
    least: 20,
    read(cursor, rows) {
      for (let i = 0; i < rows; i++) {
        const header = readObjectHeader(cursor);
        skipTObject(cursor);
        name.read(cursor, 1);
        const count = cursor.i32();
        cursor.pos -= 4;
        size.read(cursor, 1);
        // The lower bound, and the process that numbered them.
        cursor.skip(6);
        checkCount(count, 4, cursor.left);
        numbers.read(cursor, count);
        offsets.push(offsets.last + count);
        checkEnd(cursor, header, 'TRefArray');
      }
    },
    finish: () => ({
      kind: 'record',
      length: offsets.length,
      fields: { fName: name.finish(), fSize: size.finish(), refs: list() },
    }),
  };
}
