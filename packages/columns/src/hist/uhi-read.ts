import { cellCount } from './axis.ts';
import { cellArrays, makeHistogram } from './make.ts';
import type { Axis, Histogram } from './types.ts';
import { UHI_FIELDS, UHI_STORAGES, uhiFailure } from './uhi.ts';

type Fields = Record<string, unknown>;

/**
 * A histogram from UHI data or its JSON text (schema 1; dense, sparse or empty storage; also with the literals
 * `NaN` and `Infinity` that Python writes). Throws `hist.uhi`, `hist.axis`, `hist.axes`.
 */
export function fromUhi(data: unknown): Histogram {
  const root = asFields(typeof data === 'string' ? parseText(data) : data, 'the whole');
  if (root.uhi_schema !== 1)
    uhiFailure(`uhi_schema is ${JSON.stringify(root.uhi_schema)}`, 'schema 1 can be read');
  if (!Array.isArray(root.axes)) uhiFailure('axes is no list');
  const axes = root.axes.map((axis, i) => readAxis(asFields(axis, `axis ${i}`), i));
  const stored = asFields(root.storage, 'storage');
  const storage = UHI_STORAGES[String(stored.type)];
  if (!storage)
    return uhiFailure(
      `storage type ${JSON.stringify(stored.type)}`,
      `there are ${Object.keys(UHI_STORAGES).join(', ')}`,
    );
  const histogram = makeHistogram(axes, storage);
  const names = UHI_FIELDS[storage];
  if (names.every((name) => stored[name] === undefined)) return histogram;
  const arrays = cellArrays(histogram);
  const shape = axes.map(cellCount);
  const places = stored.index === undefined ? undefined : sparsePlaces(stored.index, shape);
  names.forEach((name, i) => {
    readNumbers(arrays[i]!, stored[name], shape, places, name);
  });
  restoreDeltas(histogram);
  return histogram;
}

/** Python writes what is not finite as bare words, which JSON does not have. */
function parseText(text: string): unknown {
  const plain = text.replace(/"(?:[^"\\]|\\.)*"|-?Infinity\b|\bNaN\b/g, (token) =>
    token.startsWith('"') ? token : token === 'NaN' ? '"NaN"' : token.replace('Infinity', '1e999'),
  );
  try {
    return JSON.parse(plain);
  } catch (error) {
    return uhiFailure((error as Error).message);
  }
}

function asFields(value: unknown, what: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  return uhiFailure(`${what} is no object`);
}

function asNumber(value: unknown, what: string): number {
  if (typeof value === 'number') return value;
  if (value === 'NaN') return Number.NaN;
  if (value === 'Infinity' || value === '-Infinity') return Number(value);
  return uhiFailure(`${what} is ${JSON.stringify(value)}, not a number`);
}

function readAxis(fields: Fields, place: number): Axis {
  const metadata = asFields(fields.metadata ?? {}, 'metadata');
  const info = asFields(
    asFields(fields.writer_info ?? {}, 'writer_info')['boost-histogram'] ?? {},
    'writer_info',
  );
  const name = metadata.name === undefined || metadata.name === '' ? `axis${place}` : String(metadata.name);
  const base =
    metadata.label === undefined || metadata.label === ''
      ? { name }
      : { name, label: String(metadata.label) };
  const growing = info.growth === true ? { growing: true } : {};
  const flow = {
    underflow: fields.underflow === true,
    overflow: fields.overflow === true,
    ...(fields.circular === true ? { circular: true } : {}),
  };
  const number = (key: string) => asNumber(fields[key], `${key} of axis '${name}'`);
  const list = (key: string): unknown[] =>
    Array.isArray(fields[key]) ? fields[key] : uhiFailure(`${key} of axis '${name}' is no list`);
  switch (fields.type) {
    case 'regular': {
      const [low, high, bins] = [number('lower'), number('upper'), number('bins')];
      if (info.orig_type === 'Integer' && high - low === bins)
        return { kind: 'integer', ...base, low, high, ...flow, ...growing };
      return { kind: 'regular', ...base, bins, low, high, ...flow, ...growing };
    }
    case 'variable':
      return {
        kind: 'variable',
        ...base,
        edges: list('edges').map((edge) => asNumber(edge, 'an edge')),
        ...flow,
      };
    case 'category_str':
    case 'category_int': {
      const text = fields.type === 'category_str';
      const categories = list('categories').map((one) => (text ? String(one) : asNumber(one, 'a category')));
      return { kind: fields.type, ...base, categories, overflow: fields.flow === true, ...growing } as Axis;
    }
    case 'boolean':
      return { kind: 'boolean', ...base };
    default:
      return uhiFailure(`axis ${place} has type ${JSON.stringify(fields.type)}`);
  }
}

/** Cell numbers of a sparse storage: `index[k]` are the places along axis k. */
function sparsePlaces(index: unknown, shape: readonly number[]): Int32Array {
  const rows = Array.isArray(index) ? index : uhiFailure('index is no list');
  if (rows.length !== shape.length) uhiFailure(`index has ${rows.length} rows for ${shape.length} axes`);
  const length = (rows[0] as unknown[] | undefined)?.length ?? 0;
  const places = new Int32Array(length);
  rows.forEach((row: unknown, k) => {
    if (!Array.isArray(row) || row.length !== length) uhiFailure('the rows of index differ in length');
    for (let i = 0; i < length; i++) {
      const at = asNumber(row[i], 'index');
      if (!Number.isInteger(at) || at < 0 || at >= shape[k]!) uhiFailure(`index ${at} outside axis ${k}`);
      places[i] = places[i]! * shape[k]! + at;
    }
  });
  return places;
}

function readNumbers(
  into: Float64Array,
  value: unknown,
  shape: readonly number[],
  places: Int32Array | undefined,
  name: string,
): void {
  if (places) {
    if (!Array.isArray(value) || value.length !== places.length) uhiFailure(`${name} does not fit index`);
    value.forEach((one, i) => {
      into[places[i]!] = asNumber(one, name);
    });
    return;
  }
  let at = 0;
  const level = (one: unknown, k: number): void => {
    if (k === shape.length) {
      into[at++] = asNumber(one, name);
      return;
    }
    if (!Array.isArray(one) || one.length !== shape[k])
      uhiFailure(`${name} does not have the shape ${shape.join(' × ')} of the axes`);
    for (const inner of one) level(inner, k + 1);
  };
  level(value, 0);
}

/** Variances back to sums of squared distances; an undefined variance comes of at most one entry. */
function restoreDeltas(histogram: Histogram): void {
  if (histogram.storage === 'mean')
    histogram.deltas.forEach((variance, i) => {
      histogram.deltas[i] = (Number.isNaN(variance) ? 0 : variance) * Math.max(0, histogram.counts[i]! - 1);
    });
  if (histogram.storage === 'weighted_mean') {
    const { sumw, sumw2, deltas } = histogram;
    deltas.forEach((variance, i) => {
      const scale = sumw[i] === 0 ? 0 : sumw[i]! - sumw2[i]! / sumw[i]!;
      deltas[i] = Number.isNaN(variance) ? 0 : variance * scale;
    });
  }
}
