/**
 * Content keys (64 hex digits): equal keys hold equal bytes. A key is the hash of an operator, its semantics
 * number, its canonical arguments and the keys of what it reads. Never in a key: names, paths, hosts, times,
 * retries, package versions.
 *
 * A result of a segment has a *template*, the hash of all it depends on but the rows, and each partition has
 * a key of its rows; together they give the key of the partial result. So a plan stores no key per partition
 * and result.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Json } from '../types/json.ts';
import type { PlanFile, PlanOutput, SegmentFamily } from '../types/plan.ts';
import { canonicalJson } from './canonical.ts';

/** Of Node's crypto module, which is several times faster than the one that runs everywhere. */
interface NativeHash {
  createHash(name: string): { update(text: string): { digest(encoding: 'hex'): string } };
}
type Builtins = { process?: { getBuiltinModule?(name: string): NativeHash | undefined } };
const native = (globalThis as Builtins).process?.getBuiltinModule?.('crypto');

const digest: (text: string) => string = native
  ? (text) => native.createHash('sha256').update(text).digest('hex')
  : (text) => bytesToHex(sha256(utf8ToBytes(text)));

/** Sha-256 of the canonical JSON text of `value`, in hex. */
export function contentKey(value: Json): string {
  return digest(canonicalJson(value));
}

/** Key of the rows of one partition: what was opened and which part of it, never where it lay. */
export function partitionKey(segment: SegmentFamily, index: number): string {
  const partition = segment.partitions[index];
  if (!partition) throw new RangeError(`${segment.id} has no partition ${index}`);
  const [file, part, parts] = partition;
  const source =
    'product' in segment.source
      ? (segment.source.key ?? '')
      : {
          operator: segment.source.operator,
          semantics: segment.source.semantics,
          identity: segment.source.identity,
          port: segment.source.port,
        };
  return contentKey([
    'rows',
    source,
    segment.sequential ? filesOf(segment, index).map(contentOf) : contentOf(segment.files[file]!),
    part,
    parts,
    segment.limit?.rows === undefined
      ? null
      : filesOf(segment, index).map(({ rows }) => rows ?? segment.limit!.rows!),
  ]);
}

/** What is read of a file: equal for equal tables, wherever they lie. */
function contentOf({ identity, tables }: PlanFile): Json {
  return tables === undefined ? identity : [identity, tables];
}

/** The files of which a partition is made: its own, or of a sequential segment all of its dataset. */
export function filesOf(segment: SegmentFamily, index: number): PlanFile[] {
  const file = segment.files[segment.partitions[index]![0]]!;
  return segment.sequential ? segment.files.filter(({ dataset }) => dataset === file.dataset) : [file];
}

/** Index of the dataset to which a partition belongs. */
export function datasetOf(segment: SegmentFamily, index: number): number {
  return segment.files[segment.partitions[index]![0]]!.dataset;
}

/**
 * Key of the rows of partitions `[first, last)`, in order. `partitions` holds the key of each partition of the
 * segment (`partitionKeys`), so that it is made once.
 */
export function rowsKey(partitions: readonly string[], first: number, last: number): string {
  return last - first === 1 ? partitions[first]! : contentKey(['rows', partitions.slice(first, last)]);
}

/** Keys of all partitions of a segment. */
export function partitionKeys(segment: SegmentFamily): string[] {
  return segment.partitions.map((_, index) => partitionKey(segment, index));
}

/** Key of what a result's step made from some rows (one partition, or a block of them added up). */
export function partialKey(template: string, rows: string): string {
  return contentKey(['partial', template, rows]);
}

/** Partitions `[first, last)` of each dataset; they stand together in plan order. */
export function datasetRanges(segment: SegmentFamily): [number, number][] {
  const ranges: [number, number][] = segment.datasets.map(() => [0, 0]);
  segment.partitions.forEach((_, index) => {
    const range = ranges[datasetOf(segment, index)]!;
    if (range[1] === 0) range[0] = index;
    range[1] = index + 1;
  });
  return ranges;
}

/** Key of the product of one result of a segment. `rows`: the key of the rows of each dataset. Datasets without the step have an empty template. */
export function segmentProductKey(
  segment: SegmentFamily,
  output: PlanOutput,
  rows: readonly string[],
): string {
  return contentKey([
    'product',
    output.labels,
    segment.datasets.map((dataset, index) => [dataset.labels, output.templates[index]!, rows[index]!]),
  ]);
}
