import type { Column, Validity } from '@fasthep/columns';
import { makeArray } from '../streamer/numbers.ts';

/**
 * A column with a row for every byte of `present`: where it is 1 the next row of `column`, where it is 0 a
 * missing one.
 */
export function spread(column: Column, present: Uint8Array): Column {
  const length = present.length;
  const validity: Validity = new Uint8Array(Math.ceil(length / 8));
  for (let i = 0; i < length; i++) if (present[i] === 1) validity[i >> 3]! |= 1 << (i & 7);
  if (column.validity) {
    let row = 0;
    for (let i = 0; i < length; i++) {
      if (present[i] !== 1) continue;
      if (!((column.validity[row >> 3]! >> (row & 7)) & 1)) validity[i >> 3]! &= ~(1 << (i & 7));
      row++;
    }
  }
  return { ...moved(column, present), validity };
}

function moved(column: Column, present: Uint8Array): Column {
  const length = present.length;
  switch (column.kind) {
    case 'primitive': {
      if (column.type === 'string') throw new TypeError('texts have a column of their own');
      const out = makeArray(column.type, length);
      let row = 0;
      for (let i = 0; i < length; i++) if (present[i] === 1) out[i] = column.values[row++]!;
      return { kind: 'primitive', type: column.type, length, values: out };
    }
    case 'string':
      return { ...column, length, offsets: movedOffsets(column.offsets, present) };
    case 'list': {
      if (column.size === undefined)
        return { ...column, length, offsets: movedOffsets(column.offsets, present) };
      const { size } = column;
      const inner = new Uint8Array(length * size);
      for (let i = 0; i < length; i++) if (present[i] === 1) inner.fill(1, i * size, (i + 1) * size);
      const offsets = Int32Array.from({ length: length + 1 }, (_, i) => i * size);
      return { kind: 'list', length, size, offsets, content: moved(column.content, inner) };
    }
    case 'record':
      return {
        kind: 'record',
        length,
        fields: Object.fromEntries(
          Object.entries(column.fields).map(([name, field]) => [
            name,
            field.validity ? spread(field, present) : moved(field, present),
          ]),
        ),
      };
    case 'dictionary': {
      const codes = new Int32Array(length);
      let row = 0;
      for (let i = 0; i < length; i++) if (present[i] === 1) codes[i] = column.codes[row++]!;
      return { ...column, length, codes };
    }
  }
}

/** Missing rows are empty. */
function movedOffsets(offsets: Int32Array, present: Uint8Array): Int32Array {
  const out = new Int32Array(present.length + 1);
  let row = 0;
  for (let i = 0; i < present.length; i++) {
    if (present[i] === 1) row++;
    out[i + 1] = offsets[row]!;
  }
  out[0] = offsets[0]!;
  return out;
}
