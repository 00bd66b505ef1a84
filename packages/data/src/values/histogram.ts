import {
  type Axis,
  cellArrays,
  csvFormat,
  type Histogram,
  histogramTable,
  type Storage,
  uhiText,
  withCells,
} from '@fasthep/columns';
import type { Json, ValueType } from '@fasthep/flow';
import { pack, unpack } from './pack.ts';

/** A histogram; published as UHI JSON and as CSV with a row for each cell. */
export const histogramType: ValueType<Histogram> = {
  name: 'histogram',
  doc: 'Axes and cells. Files: UHI JSON, CSV.',
  encode(histogram) {
    const arrays = cellArrays(histogram).map(
      (array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
    );
    return pack({ axes: histogram.axes, storage: histogram.storage }, arrays);
  },
  decode(bytes) {
    const { head, arrays } = unpack(bytes);
    const { axes, storage } = head as { axes: Axis[]; storage: Storage };
    return withCells(
      axes,
      storage,
      arrays.map((array) => new Float64Array(array.buffer)),
    );
  },
  async files(histogram) {
    return [
      { name: '.json', bytes: new TextEncoder().encode(uhiText(histogram)) },
      { name: '.csv', bytes: await csvFormat.encode!(histogramTable(histogram), {}) },
    ];
  },
  field(histogram, path): Json | undefined {
    if (path.length !== 1) return undefined;
    const sum = (array: Float64Array) => array.reduce((a, b) => a + b, 0);
    if (histogram.storage === 'weighted') {
      if (path[0] === 'sumw') return sum(histogram.values);
      if (path[0] === 'sumw2') return sum(histogram.variances);
    }
    if (histogram.storage === 'count' && path[0] === 'n') return sum(histogram.values);
    return undefined;
  },
};
