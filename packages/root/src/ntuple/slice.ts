import type { Column } from '@fasthep/columns';

/** Rows `[start, stop)` of a column, sharing its memory. */
export function sliceRows(column: Column, start: number, stop: number): Column {
  if (start === 0 && stop === column.length) return column;
  const length = stop - start;
  const validity = column.validity && slicedBits(column.validity, start, length);
  const kept = validity ? { length, validity } : { length };
  switch (column.kind) {
    case 'primitive':
      return { ...column, ...kept, values: column.values.subarray(start, stop) };
    case 'string':
    case 'list':
      return { ...column, ...kept, offsets: column.offsets.subarray(start, stop + 1) };
    case 'dictionary':
      return { ...column, ...kept, codes: column.codes.subarray(start, stop) };
    case 'record':
      return {
        ...column,
        ...kept,
        fields: Object.fromEntries(
          Object.entries(column.fields).map(([name, field]) => [name, sliceRows(field, start, stop)]),
        ),
      };
  }
}

function slicedBits(bits: Uint8Array, start: number, length: number): Uint8Array {
  const out = new Uint8Array(Math.ceil(length / 8));
  for (let i = 0; i < length; i++)
    if ((bits[(start + i) >> 3]! >> ((start + i) & 7)) & 1) out[i >> 3]! |= 1 << (i & 7);
  return out;
}
