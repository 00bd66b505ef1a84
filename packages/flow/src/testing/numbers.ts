/**
 * A pack of the smallest kind: streams of numbers, with steps that add, keep, sum and collect. Tests of engines
 * and back ends run it, and it shows how little a stream type needs.
 */
import { definePlugin } from '../registry/registry.ts';
import type { StreamStep } from '../types/graph.ts';
import type { Json, JsonObject } from '../types/json.ts';
import type { Operator, RowReader, StreamRun, StreamType, ValueType } from '../types/plugin.ts';

/** A sum and how many numbers are in it. */
export interface Total {
  sum: number;
  n: number;
}

const text = new TextEncoder();
const encode = (value: unknown) => text.encode(JSON.stringify(value));
const decode = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes)) as never;

/** Totals by dataset. */
const total: ValueType<Record<string, Total>> = {
  name: 'total',
  encode,
  decode,
  files: (value) => [{ name: '.json', bytes: encode(value) }],
  field: (value, [name, ...rest]) =>
    rest.length === 0 ? (value[''] as unknown as JsonObject)?.[name!] : undefined,
};

/** Numbers, one after the other. */
const numbers: ValueType<number[]> = {
  name: 'numbers',
  encode,
  decode,
  files: (value) => [{ name: '.txt', bytes: text.encode(value.map((n) => `${n}\n`).join('')) }],
};

/** Follows a step back to the rows it sees. */
function chain(steps: readonly StreamStep[], id: string): StreamStep[] {
  const step = steps.find((one) => one.id === id);
  return step ? [...chain(steps, step.from), step] : [];
}

const isFill = (step: StreamStep) => step.do === 'sum' || step.do === 'collect';

/** Gives the number as it leaves the steps, or nothing where one drops it. */
function through(steps: readonly StreamStep[], value: number): number | undefined {
  let x = value;
  for (const step of steps) {
    if (step.do === 'add') x += Number(step.by);
    else if (step.do === 'keep' && !(x > Number(step.above))) return undefined;
    else if (step.do === 'refuse' && x === Number(step.value)) throw new Error(`${x} is refused`);
  }
  return x;
}

const stream: StreamType = {
  name: 'numbers',
  semantics: 1,
  analyse: ({ steps }) => ({
    problems: [],
    fields: {},
    outputs: Object.fromEntries(
      steps.filter(isFill).map((step) => {
        const before = chain(steps, step.from).map(({ id, from, ...rest }) => rest);
        const type = step.do === 'sum' ? 'total' : 'numbers';
        return [
          step.id,
          { type, columns: ['n'], canonical: JSON.stringify([before, step.do]), labels: ['dataset'] },
        ];
      }),
    ),
  }),
  collect: (id, from) => ({ id, from, do: 'collect' }),
  start({ steps }, outputs): StreamRun {
    const fills = outputs.map((id) => {
      const step = steps.find((one) => one.id === id)!;
      return { id, step, before: chain(steps, step.from), total: { sum: 0, n: 0 }, list: [] as number[] };
    });
    return {
      push(batch) {
        for (const fill of fills) {
          for (const value of batch as number[]) {
            const x = through(fill.before, value);
            if (x === undefined) continue;
            fill.total.sum += x;
            fill.total.n++;
            if (fill.step.do === 'collect') fill.list.push(x);
          }
        }
      },
      finish: () =>
        Object.fromEntries(
          fills.map(({ id, step, total: t, list }) => [id, encode(step.do === 'sum' ? t : list)]),
        ),
      drain(id) {
        const fill = fills.find((one) => one.id === id)!;
        return fill.list.length > 0 ? fill.list.splice(0) : undefined;
      },
    };
  },
  merge(step, parts) {
    if (step.do === 'collect') return encode(parts.flatMap((part) => decode(part) as number[]));
    const sums = parts.map((part) => decode(part) as Total);
    return encode(sums.reduce((a, b) => ({ sum: a.sum + b.sum, n: a.n + b.n })));
  },
  assemble: (step, parts) =>
    step.do === 'collect'
      ? parts.flatMap(({ bytes }) => decode(bytes) as number[])
      : Object.fromEntries(parts.map(({ labels, bytes }) => [labels.dataset ?? '', decode(bytes)])),
  rows: (value) => ({
    schema: {},
    async *read() {
      const list = value as number[];
      yield { batch: list, rows: list.length, bytes: list.length * 8 };
    },
  }),
};

/** Files are ranges that their paths spell: `0..1000`. */
const range: Operator = {
  name: 'range',
  semantics: 1,
  doc: 'Counts from the first number of each file to the last.',
  main: 'files',
  parameters: {
    type: 'object',
    properties: {
      files: { type: 'array', items: { type: 'string' } },
      batch: { type: 'integer' },
      pause: { type: 'number' },
    },
  },
  inputs: {},
  outputs: { rows: { type: 'rows' } },
  run: {
    kind: 'source',
    stream: 'numbers',
    identity: () => null,
    async survey(args) {
      const { files } = args as { files: string[] };
      const facts = files.map((path) => ({
        path,
        size: size(path),
        identity: path,
        entries: { rows: size(path) },
      }));
      const datasets = [{ labels: {}, constants: {}, schema: 'n', files: facts }];
      return { facts: { datasets, schemas: { n: { rows: {} } } }, problems: [] };
    },
    async open(args, { file, part, parts, rows: limit, signal }): Promise<RowReader> {
      const [first, last] = ends(file.path);
      const from = first + Math.floor(((last - first) * part) / parts);
      const to = Math.min(first + Math.floor(((last - first) * (part + 1)) / parts), first + (limit ?? last));
      const { batch = 1000, pause = 0 } = args as { batch?: number; pause?: number };
      return {
        rows: to - from,
        async *batches() {
          for (let at = from; at < to; at += batch) {
            if (pause > 0) await sleep(pause, signal);
            const values = Array.from({ length: Math.min(batch, to - at) }, (_, i) => at + i);
            yield { batch: values, rows: values.length, bytes: values.length * 8 };
          }
        },
        async close() {},
      };
    },
  },
};

function ends(path: string): [number, number] {
  const [first, last] = path.split('..').map(Number);
  return [first ?? 0, last ?? 0];
}

function size(path: string): number {
  const [first, last] = ends(path);
  return last - first;
}

function sleep(time: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, time);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

function rowWise(name: string, main: string, type: string): Operator {
  return {
    name,
    semantics: 1,
    doc: `The step '${name}'.`,
    main,
    parameters: { type: 'object', properties: { [main]: { type: 'number' } }, required: [main] },
    inputs: { rows: { type: 'rows' } },
    outputs: { [type === 'rows' ? 'rows' : type]: { type } },
    run: {
      kind: 'row-wise',
      stream: 'numbers',
      steps: (args, { input, id }) => ({
        steps: [{ id: id(''), from: input, do: name, ...(args as JsonObject) }],
        outputs: { [type === 'rows' ? 'rows' : type]: id('') },
      }),
    },
  };
}

function whole(
  name: string,
  out: string,
  apply: (value: unknown, args: Json) => unknown,
  pure = true,
): Operator {
  return {
    name,
    semantics: 1,
    doc: `The whole operator '${name}'.`,
    parameters: { type: 'object', properties: { note: { type: 'string' } } },
    inputs: { in: { type: 'any' } },
    outputs: { out: { type: out } },
    pure,
    run: { kind: 'whole', apply: (args, inputs) => ({ out: apply(inputs.in?.[0]?.value, args) }) },
  };
}

let counted = 0;

/** The pack. */
export const numbersPlugin = definePlugin({
  name: 'numbers',
  streams: [stream],
  types: [total, numbers] as ValueType[],
  operators: [
    range,
    rowWise('add', 'by', 'rows'),
    rowWise('keep', 'above', 'rows'),
    rowWise('refuse', 'value', 'rows'),
    rowWise('sum', 'scale', 'total'),
    whole('negate', 'total', (value) =>
      Object.fromEntries(
        Object.entries(value as Record<string, Total>).map(([k, v]) => [k, { ...v, sum: -v.sum }]),
      ),
    ),
    whole('fail', 'total', (_, args) => {
      throw Object.assign(new Error('it does not work'), args as JsonObject);
    }),
    whole('nonce', 'total', () => ({ '': { sum: ++counted, n: 1 } }), false),
    {
      ...whole('double', 'rows', () => undefined),
      run: {
        kind: 'batch',
        stream: 'numbers',
        schema: (_, schema) => ({ schema, problems: [] }),
        apply: (_, batch) => (batch as number[]).map((x) => x * 2),
      },
    },
  ],
});
export default numbersPlugin;
