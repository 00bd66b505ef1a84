import { contentKey, datasetRanges, partitionKeys, rowsKey, segmentProductKey } from '../plan/keys.ts';
import { mergeLevels } from '../plan/merge.ts';
import type { StreamStep } from '../types/graph.ts';
import type { JsonObject } from '../types/json.ts';
import type { Plan, SegmentFamily, SingleFamily, Stage } from '../types/plan.ts';

/** A plan over numbers, written by hand. */
export interface NumbersPlan {
  /** Dataset → files `0..100`. */
  datasets: Record<string, string[]>;
  steps: StreamStep[];
  /** Sums in the order of the products. */
  sums: string[];
  /** Steps left out, by dataset. */
  omit?: Record<string, string[]>;
  /** Parts of each file. */
  parts?: number;
  /** Arguments of the source: `batch`, `pause`. */
  source?: JsonObject;
  control?: JsonObject;
  /** Other stages and singles. */
  stages?: Stage[];
  singles?: (Pick<SingleFamily, 'node' | 'operator'> &
    Partial<Pick<SingleFamily, 'args' | 'when' | 'given' | 'after' | 'control'>> & {
      reads?: string[];
      optional?: boolean;
    })[];
}

/** Makes the plan: a segment, its merge tree, and single tasks that each give a total. */
export function numbersPlan({
  datasets,
  steps,
  sums,
  omit = {},
  parts = 1,
  source = {},
  control = {},
  stages = [],
  singles = [],
}: NumbersPlan): Plan {
  const names = Object.keys(datasets);
  const files = names.flatMap((name, dataset) =>
    datasets[name]!.map((path) => ({ dataset, path, size: 8, identity: path })),
  );
  const partitions = files.flatMap((_, file) =>
    Array.from({ length: parts }, (__, part): [number, number, number] => [file, part, parts]),
  );
  const segment: SegmentFamily = {
    id: 'events.rows',
    kind: 'segment',
    size: partitions.length,
    control,
    source: { operator: 'numbers.range', semantics: 1, args: source, port: 'rows', identity: null },
    labels: ['dataset'],
    stream: 'numbers',
    stages: [{ from: { kind: 'source' }, steps }, ...stages],
    variants: names.map((name) => ({ schemas: [null, null], omit: omit[name] ?? [] })),
    datasets: names.map((name, variant) => ({ name, labels: { dataset: name }, constants: {}, variant })),
    files,
    partitions,
    outputs: sums.map((id) => {
      const stage = steps.some((step) => step.id === id) ? 0 : 1;
      return {
        id,
        stage,
        type: 'total',
        labels: ['dataset'],
        columns: names.map(() => ['n']),
        templates: names.map((name) => contentKey(['fill', steps, stages as never, id, omit[name] ?? []])),
      };
    }),
  };
  const ranges = datasetRanges(segment);
  const keys = partitionKeys(segment);
  const rows = ranges.map(([first, last]) => (last > first ? rowsKey(keys, first, last) : ''));
  const plan: Plan = { format: 1, name: 'numbers', families: [segment], products: [] };
  mergeLevels(ranges).forEach((blocks, i) => {
    plan.families.push({
      id: `${segment.id}.merge${i + 1}`,
      kind: 'merge',
      size: blocks.length,
      control: {},
      segment: segment.id,
      level: i + 1,
      blocks,
    });
  });
  const finish = `${segment.id}.finish`;
  plan.families.push({ id: finish, kind: 'finish', size: 1, control: {}, segment: segment.id });
  for (const output of segment.outputs) {
    const key = segmentProductKey(segment, output, rows);
    plan.products.push({
      node: output.id,
      port: 'total',
      name: output.id,
      type: 'total',
      key,
      task: finish,
      output: output.id,
    });
  }
  for (const { node, operator, args = {}, reads = [], optional, after = [], ...rest } of singles) {
    const inputs = reads.map((read) => plan.products.find(({ name }) => name === read)!);
    plan.families.push({
      id: node,
      kind: 'single',
      size: 1,
      control: {},
      node,
      operator: `numbers.${operator}`,
      semantics: 1,
      args,
      inputs: [
        { port: 'in', refs: inputs.map(({ node: of, port, name }) => ({ node: of, port, name })), optional },
      ],
      after,
      outputs: ['out'],
      ...rest,
    });
    const key = contentKey(['task', operator, args, inputs.map((input) => input.key)]);
    plan.products.push({ node, port: 'out', name: node, type: 'total', key, task: node });
  }
  return plan;
}
