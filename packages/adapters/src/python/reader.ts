/** A Python reader over the rows of one partition, in the warm process. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Column, type Schema, type Table, takeRows } from '@fasthep/columns';
import type { BatchResults, BatchWork, Json, JsonObject } from '@fasthep/flow';
import { assertUnchanged, type Call, callOf, type Found, foundIn } from '../code/index.ts';
import { columnNamed } from '../fields/type.ts';
import { byDataset, unmergeable } from '../reader/results.ts';
import { callPython, pythonError } from './process.ts';
import { type Answer, packTable, pythonType, unpackAnswer } from './transport.ts';

let handles = 0;

/** What the survey asks of a Python reader. */
export async function aboutPythonReader(call: Call, found: Found): Promise<JsonObject> {
  try {
    return (await callPython('readers:about', [found.path, found.hash, call.name])) as JsonObject;
  } catch (error) {
    throw pythonError(`${call.file}:${call.name}`, error);
  }
}

export async function startPythonReader(
  call: Call,
  found: Found,
  args: Json,
  produces: Schema,
  reads: readonly string[] | undefined,
  signal?: AbortSignal,
): Promise<BatchWork> {
  assertUnchanged(call, found);
  const what = `${call.file}:${call.name}`;
  const handle = `${process.pid}-${++handles}`;
  const run = async (name: string, args: readonly unknown[]) => {
    try {
      return await callPython(`readers:${name}`, args, signal);
    } catch (error) {
      throw pythonError(what, error);
    }
  };
  const made = Object.entries(produces).map(([name, type]) => [name, pythonType(type)]);
  await run('start', [handle, found.path, found.hash, call.name, args, made]);
  return {
    async push(batch) {
      const table = batch as Table;
      const names =
        reads?.map((name) => columnNamed(table.columns, name)).filter((name) => name !== undefined) ??
        Object.keys(table.columns);
      const { specs, bytes } = packTable({
        length: table.length,
        columns: Object.fromEntries(names.map((name) => [name, table.columns[name]!])),
      });
      const folder = mkdtempSync(join(tmpdir(), 'fasthep-python-'));
      const path = join(folder, 'batch');
      try {
        writeFileSync(path, bytes);
        const answer = (await run('push', [handle, specs, table.length, path])) as Answer;
        const { kept, columns } = unpackAnswer(
          answer,
          new Uint8Array(readFileSync(path)),
          table.length,
          produces,
        );
        const rows = kept ? takeRows(table, kept) : table;
        const all: Record<string, Column> = { ...rows.columns };
        for (const [name, column] of Object.entries(columns)) all[columnNamed(all, name) ?? name] = column;
        return { length: rows.length, columns: all };
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    async finish() {
      return { result: new TextEncoder().encode(String(await run('finish', [handle]))) };
    },
  };
}

/** States of the partitions of a Python reader → its result. */
export const pythonResults: Pick<BatchResults, 'merge' | 'assemble'> = {
  async merge(args, _port, parts, { known, signal }) {
    const { call, found, states } = statesOf(args, known, parts);
    const what = String((args as JsonObject).call);
    try {
      return new TextEncoder().encode(
        String(await callPython('readers:merged', [found.path, found.hash, states], signal)),
      );
    } catch (error) {
      if ((error as { type?: string }).type === 'NoMerge') throw unmergeable(what, parts.length);
      throw pythonError(call.name, error);
    }
  },
  async assemble(args, _port, parts, { known, signal }) {
    const { call, found, states } = statesOf(
      args,
      known,
      parts.map(({ bytes }) => bytes),
    );
    try {
      const results = (await callPython(
        'readers:results',
        [found.path, found.hash, states],
        signal,
      )) as Json[];
      return byDataset(results.map((result, i) => [parts[i]!.labels.dataset ?? '', result]));
    } catch (error) {
      throw pythonError(call.name, error);
    }
  },
};

function statesOf(args: Json, known: JsonObject | undefined, parts: readonly Uint8Array[]) {
  const [call, found] = [callOf(args as JsonObject), foundIn(known)];
  assertUnchanged(call, found);
  return { call, found, states: parts.map((bytes) => new TextDecoder().decode(bytes)) };
}
