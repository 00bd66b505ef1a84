import type { DatasetFacts } from '../types/facts.ts';
import type { LookupSchema } from '../types/plugin.ts';
import type { Build } from './build.ts';

/** Streams that a batch operator looks up, with the step that collects their rows. */
export type Lookups = { port: string; stream: string; at: string }[];

/** What is known of their rows, for one dataset of the rows that look them up. */
export function lookupSchemas(
  build: Build,
  lookups: Lookups,
  dataset: DatasetFacts | undefined,
): Record<string, LookupSchema> {
  const schemas: Record<string, LookupSchema> = {};
  for (const { port, stream, at } of lookups) {
    const other = build.streams.get(stream)!;
    const index = lookupDataset(
      other.datasets.map(({ labels }) => labels.dataset ?? ''),
      dataset?.labels.dataset ?? '',
    );
    const variant = build.schemas.get(stream)?.find((one) => one.datasets.includes(index));
    const output = variant?.info.outputs[at];
    schemas[port] = { schema: output?.schema ?? null, whole: output?.whole ?? false };
  }
  return schemas;
}

/** The dataset that is looked up: that of the same name, or the only one there is. */
export function lookupDataset(others: readonly string[], name: string): number {
  return others.length === 1 ? 0 : others.indexOf(name);
}
