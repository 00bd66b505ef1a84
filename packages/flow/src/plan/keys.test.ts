import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Json } from '../types/json.ts';
import type { PlanFile, SegmentFamily } from '../types/plan.ts';
import { canonicalJson } from './canonical.ts';
import { contentKey, partitionKey } from './keys.ts';

it('keys are the same where Node hashes and where it does not', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(contentKey(value as Json)).toBe(bytesToHex(sha256(utf8ToBytes(canonicalJson(value as Json)))));
    }),
  );
});

/** The rows of a partition of a source with these files of one dataset. */
function rowsOf(files: Partial<PlanFile>[], more: Partial<SegmentFamily> = {}): string {
  const source: SegmentFamily['source'] = {
    operator: 'data.read',
    semantics: 1,
    args: null,
    port: 'rows',
    identity: null,
  };
  return partitionKey(
    {
      id: 'events.rows',
      kind: 'segment',
      size: 1,
      control: {},
      source,
      labels: [],
      stream: 'table',
      stages: [],
      variants: [],
      datasets: [],
      files: files.map((file) => ({ dataset: 0, path: '', size: 0, identity: 'f', ...file })),
      partitions: [[0, 0, 1]],
      outputs: [],
      ...more,
    },
    0,
  );
}

it('rows are told apart by the table that a file is asked for', () => {
  const [all, first, second] = [
    rowsOf([{}]),
    rowsOf([{ tables: { rows: 'First' } }]),
    rowsOf([{ tables: { rows: 'Second' } }]),
  ];
  expect(new Set([all, first, second]).size).toBe(3);
});

it('rows in one pass are told apart by the limit in any of their files', () => {
  const limited = (...rows: number[]) =>
    rowsOf(
      rows.map((each) => ({ rows: each })),
      { sequential: true, limit: { rows: rows.reduce((a, b) => a + b) } },
    );
  expect(limited(100, 50)).not.toBe(limited(100, 20));
});
