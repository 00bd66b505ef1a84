import { type Column, type DataType, readRanges, type Table, type TableReader } from '@fasthep/columns';
import { fastMachine } from '../codec/fast.ts';
import { isReady, ready } from '../codec/unpack.ts';
import { RootError, within, withinAsync } from '../error/error.ts';
import type { RootFile } from '../file/types.ts';
import type { Streamers } from '../streamer/types.ts';
import { compressed, decodeBranch, packedBasket } from './branch.ts';
import { columnsOf, findColumn, type TreeColumn } from './columns.ts';
import { type NumberStream, numberStream, type PackedBasket } from './fused.ts';
import { type BasketPlan, basketsFor } from './plan.ts';
import type { Friend, Tree } from './types.ts';
import { readInWindows } from './windows.ts';

/** A TTree as a table, with what else ROOT knows of it. */
export interface TreeReader extends TableReader {
  readonly title: string;
  /** Expressions that were given names in the tree. */
  readonly aliases: Record<string, string>;
  /** Trees beside this one. */
  readonly friends: readonly Friend[];
  /** The type of a column, by any name that `read` takes; undefined when there is none. */
  typeOf(name: string): DataType | undefined;
  /** Which bytes `read` would read, before they are joined. */
  ranges(columns: readonly string[], start: number, stop: number): [start: number, stop: number][];
}

/** A column that is being read. */
interface Work {
  name: string;
  plans: BasketPlan[];
  /** Decodes baskets as they come; without it they are kept. */
  stream?: NumberStream | undefined;
  bytes: (Uint8Array | undefined)[];
  /** Baskets that came before their turn, by number, and how many had theirs. */
  pending: Map<number, PackedBasket>;
  done: number;
}

/** Makes a tree readable. `read` takes column names as in `schema`, and groups of branches as records. */
export function treeReader(file: RootFile, tree: Tree, path: string, streamers: Streamers): TreeReader {
  const columns = columnsOf(tree, streamers);
  const place = { file: file.source.name, object: path };

  function leavesOf(column: TreeColumn): TreeColumn[] {
    const { interpretation } = column;
    if (interpretation.how !== 'group') return [column];
    return interpretation.fields.flatMap((field) => leavesOf(columns.byPath.get(field.path)!));
  }

  function counterOf({ interpretation }: TreeColumn): TreeColumn | undefined {
    const counter =
      interpretation.how === 'jagged' || interpretation.how === 'streamed'
        ? interpretation.counter
        : undefined;
    return counter === undefined ? undefined : columns.byPath.get(counter);
  }

  /** The columns that must be read for these: split collections of objects need their lengths. */
  function needed(names: readonly string[]): Map<string, TreeColumn> {
    const found = new Map<string, TreeColumn>();
    for (const name of names)
      for (const leaf of leavesOf(findColumn(columns, name, place))) {
        found.set(leaf.name, leaf);
        const counter = leaf.interpretation.how === 'streamed' && leaf.interpretation.many && counterOf(leaf);
        if (counter) found.set(counter.name, counter);
      }
    return found;
  }

  function checkRows(start: number, stop: number): void {
    if (
      Number.isInteger(start) &&
      Number.isInteger(stop) &&
      start >= 0 &&
      start <= stop &&
      stop <= tree.entries
    )
      return;
    throw new RootError('ROOT-E10', `rows ${start} to ${stop} of a table of ${tree.entries}`, place);
  }

  async function readColumns(
    wanted: ReadonlyMap<string, TreeColumn>,
    start: number,
    stop: number,
    signal: AbortSignal | undefined,
  ): Promise<Map<string, Column>> {
    const plans = new Map<string, BasketPlan[]>();
    for (const [name, { branch }] of wanted) plans.set(name, basketsFor(branch, start, stop));
    const fast = await fastMachine();
    const work: Work[] = [];
    for (const [name, list] of plans) {
      const { branch, interpretation } = wanted.get(name)!;
      const inside = branch.embedded.some(({ row, entries }) => row < stop && row + entries > start);
      const stream = inside ? undefined : numberStream(fast, interpretation, start, stop);
      work.push({ name, plans: list, bytes: [], pending: new Map(), done: 0, ...(stream && { stream }) });
    }
    const items = work.flatMap((one) =>
      one.plans.map((plan, index) => {
        checkRange(plan, one.name);
        return { range: plan.range, work: one, plan, index };
      }),
    );
    await readInWindows(
      file.source,
      items,
      ({ work: one, plan, index }, bytes) => take(one, plan, index, bytes),
      signal,
    );
    const decoded = new Map<string, Column>();
    for (const one of work) decoded.set(one.name, await finish(one, wanted.get(one.name)!));
    return decoded;

    /** Works on a basket at once where it can, else keeps it. */
    function take(one: Work, plan: BasketPlan, index: number, bytes: Uint8Array): Promise<void> | undefined {
      const { stream } = one;
      if (!stream) {
        one.bytes[index] = bytes;
        return undefined;
      }
      const where = { ...place, column: one.name, offset: plan.range[0] };
      const basket = within(where, () => packedBasket(bytes, plan));
      const arrive = () => {
        one.pending.set(index, basket);
        within(where, () => drain(one, stream));
      };
      if (within(where, () => isReady(compressed(basket)))) {
        arrive();
        return undefined;
      }
      return withinAsync(where, () => ready([compressed(basket)])).then(arrive);
    }

    /** Baskets need not lie in the file in the order of their rows: those that come early wait. */
    function drain(one: Work, stream: NumberStream): void {
      for (;;) {
        const basket = one.pending.get(one.done);
        if (!basket) return;
        one.pending.delete(one.done);
        if (!stream.add(basket)) {
          one.stream = undefined;
          one.pending.clear();
          return;
        }
        one.done++;
      }
    }

    async function finish(one: Work, column: TreeColumn): Promise<Column> {
      const where = { ...place, column: one.name };
      if (one.stream) return within(where, () => one.stream!.finish());
      const { branch, interpretation } = column;
      if (interpretation.how === 'group')
        throw new RootError('ROOT-E06', 'a group has no data of its own', where);
      // What turned out to need another way is read again: it is rare.
      const bytes =
        one.bytes.includes(undefined) || one.bytes.length < one.plans.length
          ? await readRanges(
              file.source,
              one.plans.map(({ range }) => range),
              { signal },
            )
          : (one.bytes as Uint8Array[]);
      const counter = counterOf(column);
      const lengths = counter
        ? (from: number, to: number) => lengthsOf(counter, from, to, decoded, start, stop, signal)
        : undefined;
      return decodeBranch(branch, interpretation, streamers, one.plans, bytes, [start, stop], lengths, where);
    }
  }

  function checkRange({ range }: BasketPlan, column: string): void {
    if (range[0] > 0 && range[1] > range[0] && range[1] <= file.source.size) return;
    throw new RootError(
      'ROOT-E02',
      `a basket should lie at bytes ${range[0]} to ${range[1]}`,
      { ...place, column, offset: range[0] },
      `The file has ${file.source.size} bytes; it may be truncated.`,
    );
  }

  async function lengthsOf(
    counter: TreeColumn,
    from: number,
    to: number,
    decoded: ReadonlyMap<string, Column>,
    start: number,
    stop: number,
    signal: AbortSignal | undefined,
  ): Promise<Int32Array> {
    let column = from === start && to === stop ? decoded.get(counter.name) : undefined;
    column ??= (await readColumns(new Map([[counter.name, counter]]), from, to, signal)).get(counter.name);
    if (column?.kind !== 'primitive')
      throw new RootError('ROOT-E03', `its counter '${counter.name}' is no number`, place);
    return Int32Array.from(column.values as Int32Array, Number);
  }

  function assemble(column: TreeColumn, decoded: ReadonlyMap<string, Column>, length: number): Column {
    const { interpretation } = column;
    if (interpretation.how !== 'group') return decoded.get(column.name)!;
    const fields = interpretation.fields.map(
      ({ name, path: inner }) => [name, assemble(columns.byPath.get(inner)!, decoded, length)] as const,
    );
    return { kind: 'record', length, fields: Object.fromEntries(fields) };
  }

  return {
    schema: columns.schema,
    ...(Object.keys(columns.unreadable).length > 0 && { unreadable: columns.unreadable }),
    entries: tree.entries,
    clusters: tree.clusters,
    title: tree.title,
    aliases: tree.aliases,
    friends: tree.friends,
    typeOf: (name) => (columns.byPath.get(name) ?? columns.byPath.get(columns.byAlias.get(name) ?? ''))?.type,
    ranges(names, start, stop) {
      checkRows(start, stop);
      return [...needed(names).values()].flatMap(({ branch }) =>
        basketsFor(branch, start, stop).map(({ range }): [number, number] => [range[0], range[1]]),
      );
    },
    async read(names, start, stop, signal): Promise<Table> {
      checkRows(start, stop);
      const decoded = await readColumns(needed(names), start, stop, signal);
      const length = stop - start;
      const table: Table = { length, columns: {} };
      for (const name of names)
        table.columns[name] = assemble(findColumn(columns, name, place), decoded, length);
      return table;
    },
    close: () => file.source.close(),
  };
}
