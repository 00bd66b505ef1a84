/** ROOT files against what another library reads in them: digests of all values and of all list lengths. */
import { readFileSync } from 'node:fs';
import type { Column, TableReader } from '@fasthep/columns';
import { openSource } from '@fasthep/columns/node';
import { isTable, openFile, openTableOf, RootError, streamersOf, walk } from '@fasthep/root';
import type { Outcome, Suite } from '../types.ts';
import { digestsOf } from './root/digest.ts';
import { type Expected, type ExpectedBranch, isExpected, parseExpected } from './root/expected.ts';
import { sameValues } from './root/same.ts';
import { firstValues } from './root/values.ts';

export const suite: Suite = {
  name: 'root',
  accepts: (path) => path.endsWith('.json') && isExpected(parseExpected(readFileSync(path, 'utf8'))),
  async *run(path, context) {
    const expected = parseExpected(readFileSync(path, 'utf8')) as Expected;
    const found = context.find(expected.file);
    if (!found) {
      yield { id: expected.file, status: 'failed', reason: 'the ROOT file is not there' };
      return;
    }
    const source = await openSource(found);
    try {
      const file = await openFile(source);
      const keys = await walk(file);
      yield sameKeys(
        expected,
        keys.map((key) => [`${key.path};${key.cycle}`, key.className]),
      );
      const streamers = await streamersOf(file);
      for (const [name, tree] of Object.entries(expected.trees)) {
        const key = keys.find((one) => one.path === name && isTable(one));
        if (!key) {
          yield { id: name, status: 'failed', reason: `there is no table '${name}'` };
          continue;
        }
        let reader: TableReader;
        try {
          reader = await openTableOf(file, key, streamers);
        } catch (error) {
          yield { id: name, status: 'failed', reason: reasonOf(error) };
          continue;
        }
        for (const [branch, one] of Object.entries(tree.branches))
          yield await compareBranch(reader, `${name}:${branch}`, branch, one);
      }
    } catch (error) {
      yield { id: expected.file, status: 'failed', reason: reasonOf(error) };
    } finally {
      await source.close();
    }
  },
};

/** Every object that the other library lists must be there, with its class. */
function sameKeys(expected: Expected, got: [string, string][]): Outcome {
  const there = new Map(got);
  const wrong = Object.entries(expected.keys).filter(([name, type]) => there.get(name) !== type);
  if (wrong.length === 0) return { id: 'keys', status: 'passed' };
  return { id: 'keys', status: 'failed', expected: Object.fromEntries(wrong), got };
}

async function compareBranch(
  reader: TableReader,
  id: string,
  branch: string,
  expected: ExpectedBranch,
): Promise<Outcome> {
  if (expected.unreadable_by_reference !== undefined)
    return { id, status: 'skipped', reason: 'the reference does not read it' };
  try {
    const { columns, length } = await reader.read([branch], 0, reader.entries);
    const column = columns[branch]!;
    if (expected.entries !== undefined && expected.entries !== length)
      return { id, status: 'failed', expected: expected.entries, got: length };
    if (expected.sha256 !== undefined) {
      const got = digestsOf(column, expected.dtype);
      const same =
        got.sha256 === expected.sha256 &&
        JSON.stringify(got.counts_sha256) === JSON.stringify(expected.counts_sha256);
      if (same) return { id, status: 'passed' };
      return { id, status: 'failed', expected: summary(expected), got: { ...got, first: shown(column, 3) } };
    }
    const got = firstValues(column, expected.first?.length ?? 0);
    if (sameValues(expected.first ?? [], got)) return { id, status: 'passed' };
    return { id, status: 'failed', expected: expected.first, got: JSON.parse(jsonOf(got)) };
  } catch (error) {
    return { id, status: 'failed', expected: expected.type, reason: reasonOf(error) };
  }
}

function summary({ sha256, counts_sha256, values, dtype, first }: ExpectedBranch) {
  return { sha256, counts_sha256, values, dtype, first: first?.slice(0, 3) };
}

function shown(column: Column, rows: number): unknown {
  return JSON.parse(jsonOf(firstValues(column, rows)));
}

function jsonOf(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one));
}

function reasonOf(error: unknown): string {
  if (error instanceof RootError) return `${error.code} ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
