import { type Located, listOffsets, locate, type Part } from '../bind/locate.ts';
import { textReader } from '../bind/text.ts';
import { ColumnsError } from '../error.ts';
import type { ExternalFunction } from '../functions/types.ts';
import { isBigNode, variableOf } from '../ir/graph.ts';
import { wrapBig, zeroOf } from '../ir/scalars.ts';
import { type Axis, type Datum, MAX_LIST, type Node } from '../ir/types.ts';
import type { Table } from '../table/types.ts';
import { isValid } from '../table/validity.ts';
import { apply } from './apply.ts';

/** The elements of a list of one row: for tuples one array of places for each member. */
interface Elements {
  length: number;
  members: number[][];
}

/** Walks the graph of a program, one row at a time. Slow and simple: the reference of the compiler. */
export class Interpreter {
  private readonly table: Table;
  private readonly externals: Readonly<Record<string, ExternalFunction>>;
  private readonly located = new Map<string, Located>();
  private readonly texts = new Map<Located, (i: number) => string>();
  private readonly lists = new Map<Axis, Int32Array[]>();
  private readonly variables = new Map<number, number>();
  private readonly rowValues = new Map<number, Datum>();
  private readonly rowElements = new Map<Axis, { key: string; elements: Elements }>();
  private readonly founds = new Map<number, boolean>();
  private readonly tables = new Map<number, Map<number, Datum>>();
  private row = 0;

  constructor(table: Table, externals: Readonly<Record<string, ExternalFunction>>) {
    this.table = table;
    this.externals = externals;
  }

  /** Goes to a row; what was remembered of the last one is forgotten. */
  seek(row: number): void {
    this.row = row;
    this.rowValues.clear();
    this.rowElements.clear();
    this.founds.clear();
    this.tables.clear();
  }

  /** A condition that may be absent. */
  holds(node: Node | undefined): boolean {
    return node === undefined || this.value(node) === true;
  }

  /** Calls `visit` at each element of a list of this row. */
  each(axis: Axis, visit: (position: number) => void, variable = variableOf(axis)): void {
    const { length } = this.elements(axis);
    const before = this.variables.get(variable);
    for (let i = 0; i < length; i++) {
      this.variables.set(variable, i);
      visit(i);
    }
    if (before === undefined) this.variables.delete(variable);
    else this.variables.set(variable, before);
  }

  value(node: Node): Datum {
    if (node.free.length > 0) return this.compute(node);
    const known = this.rowValues.get(node.id);
    if (known !== undefined) return known;
    const value = this.compute(node);
    this.rowValues.set(node.id, value);
    return value;
  }

  private compute(node: Node): Datum {
    switch (node.op) {
      case 'const':
        return node.value!;
      case 'var':
        return this.variables.get(node.variable!)!;
      case 'load':
        return this.load(node);
      case 'valid':
        return this.valid(node);
      case 'len':
        return this.elements(node.axis!).length;
      case 'pos':
        return this.elements(node.axis!).members[node.member!]![this.value(node.args[0]!) as number]!;
      case 'pick': {
        const at = this.value(node.args[0]!) as number;
        return this.tabled(node.args[1]!, node.variable!, at);
      }
      case 'reduce':
        return this.reduce(node).value;
      case 'found':
        return this.found(node.args[0]!);
      case 'where':
        return this.value(this.value(node.args[0]!) ? node.args[1]! : node.args[2]!);
      case 'and':
        return (this.value(node.args[0]!) && this.value(node.args[1]!)) as boolean;
      case 'or':
        return (this.value(node.args[0]!) || this.value(node.args[1]!)) as boolean;
      case 'extern':
        return this.externals[node.extern!]!.apply(...node.args.map((arg, i) => this.argument(node, arg, i)));
      default:
        return apply(
          node,
          node.args.map((arg) => this.value(arg)),
        );
    }
  }

  private argument(node: Node, arg: Node, i: number): Datum {
    const value = this.value(arg);
    const wanted = this.externals[node.extern!]!.parameters[i]!.type;
    return wanted === 'int64' ? BigInt(value as number | bigint) : value;
  }

  /** The body of a look-up depends on the place alone: it is remembered for the row. */
  private tabled(body: Node, variable: number, at: number): Datum {
    let table = this.tables.get(body.id);
    if (!table) {
      table = new Map();
      this.tables.set(body.id, table);
    }
    let value = table.get(at);
    if (value === undefined) {
      value = this.at(variable, at, () => this.value(body));
      table.set(at, value);
    }
    return value;
  }

  private at<T>(variable: number, position: number, work: () => T): T {
    const before = this.variables.get(variable);
    this.variables.set(variable, position);
    const result = work();
    if (before === undefined) this.variables.delete(variable);
    else this.variables.set(variable, before);
    return result;
  }

  private locate(node: Node): Located {
    const part = (node.op === 'valid' ? node.value : 'item') as Part;
    const key = `${part} ${node.args.length} ${node.column!.join('\u0001')}`;
    let found = this.located.get(key);
    if (!found) {
      found = locate(this.table, node.column!, part, node.args.length);
      this.located.set(key, found);
    }
    return found;
  }

  private place(node: Node, located: Located): number {
    let at = this.row;
    node.args.forEach((arg, level) => {
      at = located.offsets[level]![at]! + (this.value(arg) as number);
    });
    return at;
  }

  private load(node: Node): Datum {
    const located = this.locate(node);
    const at = this.place(node, located);
    const leaf = located.leaf!;
    if (node.type === 'string') {
      let read = this.texts.get(located);
      if (!read) {
        read = textReader(leaf);
        this.texts.set(located, read);
      }
      return read(at);
    }
    if (leaf.kind !== 'primitive')
      throw new ColumnsError('program.column', `'${node.column!.join('.')}' is text in this table`);
    const value = leaf.values[at]!;
    return node.type === 'bool' ? value !== 0 : value;
  }

  private valid(node: Node): boolean {
    const located = this.locate(node);
    return isValid(located.validity, this.place(node, located));
  }

  private elements(axis: Axis): Elements {
    const key = axis.free.map((variable) => this.variables.get(variable)).join(',');
    const known = this.rowElements.get(axis);
    if (known && known.key === key) return known.elements;
    const elements = this.make(axis);
    this.rowElements.set(axis, { key, elements });
    return elements;
  }

  private make(axis: Axis): Elements {
    switch (axis.kind) {
      case 'column':
        return { length: this.columnLength(axis), members: [] };
      case 'virtual':
        return { length: this.value(axis.length!) as number, members: [] };
      case 'filter': {
        const kept: number[] = [];
        this.each(axis.base!, (i) => {
          if (this.value(axis.body!)) kept.push(i);
        });
        return { length: kept.length, members: [kept] };
      }
      case 'order': {
        const order = this.order(axis);
        return { length: order.length, members: [order] };
      }
      case 'combinations':
        return combinations(this.elements(axis.base!).length, axis.count!);
      case 'cartesian': {
        const members: number[][] = [[], []];
        const [n, m] = [this.elements(axis.base!).length, this.elements(axis.other!).length];
        for (let i = 0; i < n; i++)
          for (let j = 0; j < m; j++) {
            members[0]!.push(i);
            members[1]!.push(j);
          }
        return { length: n * m, members };
      }
    }
  }

  private columnLength(axis: Axis): number {
    if (axis.size !== undefined) return axis.size;
    let offsets = this.lists.get(axis);
    if (!offsets) {
      offsets = listOffsets(this.table, axis.path!, axis.at!.length, axis.counter);
      this.lists.set(axis, offsets);
    }
    let at = this.row;
    axis.at!.forEach((arg, level) => {
      at = offsets[level]![at]! + (this.value(arg) as number);
    });
    const last = offsets[axis.at!.length]!;
    const length = last[at + 1]! - last[at]!;
    if (length > MAX_LIST)
      throw new ColumnsError(
        'program.list',
        `a list of ${length} elements in one row`,
        `at most ${MAX_LIST} are possible`,
      );
    return length;
  }

  private order(axis: Axis): number[] {
    const keys: { at: number; key: Datum; rank: number }[] = [];
    this.each(axis.base!, (at) => {
      const there = this.holds(axis.there);
      const key = there ? this.value(axis.body!) : 0;
      // NaN, then missing ones, come last in either direction.
      keys.push({ at, key, rank: there ? (Number.isNaN(key) ? 1 : 0) : 2 });
    });
    const sign = axis.ascending === false ? -1 : 1;
    keys.sort((a, b) => {
      if (a.rank !== b.rank || a.rank > 0) return a.rank - b.rank;
      return a.key < b.key ? -sign : a.key > b.key ? sign : 0;
    });
    return keys.map((one) => one.at);
  }

  private found(node: Node): boolean {
    const known = node.free.length === 0 ? this.founds.get(node.id) : undefined;
    if (known !== undefined) return known;
    const { found, value } = this.reduce(node);
    if (node.free.length === 0) {
      this.founds.set(node.id, found);
      this.rowValues.set(node.id, value);
    }
    return found;
  }

  private reduce(node: Node): { value: Datum; found: boolean } {
    const [body, ok] = node.args;
    const state = new Reduction(node);
    this.each(
      node.axis!,
      (i) => {
        if (!this.holds(ok)) return;
        state.add(node.kind === 'count' ? 0 : this.value(body!), i);
      },
      node.variable!,
    );
    return { value: state.value(), found: state.found };
  }
}

function combinations(n: number, k: number): Elements {
  const members: number[][] = Array.from({ length: k }, () => []);
  const places = Array.from({ length: k }, (_, m) => m);
  let length = 0;
  while (k <= n && places[0]! <= n - k) {
    for (let m = 0; m < k; m++) members[m]!.push(places[m]!);
    length++;
    let m = k - 1;
    while (m > 0 && places[m]! === n - k + m) m--;
    places[m]!++;
    for (let next = m + 1; next < k; next++) places[next] = places[next - 1]! + 1;
  }
  return { length, members };
}

/** The state of one reduction, element by element. */
class Reduction {
  found = false;
  private result: Datum;
  private best: Datum = 0;
  private seen = false;
  private count = 0;
  private readonly node: Node;

  constructor(node: Node) {
    this.node = node;
    const big = isBigNode(node);
    this.result = zeroOf(node.type, big);
    if (node.kind === 'prod') this.result = big ? 1n : 1;
    if (node.kind === 'all') this.result = true;
    if (node.type === 'float64' && node.kind?.endsWith('min')) this.result = Number.POSITIVE_INFINITY;
    if (node.type === 'float64' && node.kind?.endsWith('max')) this.result = Number.NEGATIVE_INFINITY;
  }

  add(x: Datum, at: number): void {
    const { kind, type } = this.node;
    const nan = Number.isNaN(x);
    switch (kind) {
      case 'sum':
      case 'nansum':
        if (kind === 'nansum' && nan) return;
        if (typeof x === 'bigint') this.result = wrapBig(type, (this.result as bigint) + x);
        else this.result = (this.result as number) + (x as number);
        return;
      case 'prod':
        if (typeof x === 'bigint') this.result = wrapBig(type, (this.result as bigint) * x);
        else this.result = (this.result as number) * (x as number);
        return;
      case 'count':
        this.count++;
        return;
      case 'countnonzero':
        if (x) this.count++;
        return;
      case 'any':
        if (x) this.result = true;
        return;
      case 'all':
        if (!x) this.result = false;
        return;
      case 'min':
      case 'max':
      case 'nanmin':
      case 'nanmax': {
        if (nan && kind.startsWith('nan')) return;
        const first = !this.found && type !== 'float64';
        if (first || (kind.endsWith('min') ? x < this.result : x > this.result)) this.result = x;
        this.found = true;
        return;
      }
      default: {
        const less = kind === 'argmin' || kind === 'nanargmin';
        if (kind!.startsWith('nan') && nan) {
          // Only NaN: the first one stands.
          if (!this.found) this.count = at;
        } else if (!this.seen || (less ? x < this.best : x > this.best)) {
          this.best = x;
          this.count = at;
          this.seen = true;
        }
        this.found = true;
      }
    }
  }

  value(): Datum {
    const { kind } = this.node;
    return kind === 'count' || kind === 'countnonzero' || kind?.includes('arg') ? this.count : this.result;
  }
}
