import { isBigNode, variableOf } from '../ir/graph.ts';
import type { Axis, ColumnPath, Datum, Node } from '../ir/types.ts';
import type { Schema } from '../table/types.ts';
import { type Binding, type Block, bindingOf, deepestMember, inLoop, known, newBlock } from './block.ts';
import { operation } from './operators.ts';
import { isRebased, listPath, type Slot } from './slots.ts';
import type { TableGroup, Uses } from './uses.ts';

/** From this cost on a value is worth a flag that says whether this row has it already. */
const WORTH_A_FLAG = 8;

/**
 * Writes the code of a kernel. The code holds names made here, numbers and operators; texts, bound functions and
 * columns are handed over by place, so that nothing of a user's text becomes code.
 */
export class Emitter {
  readonly slots: Slot[] = [];
  /** Values that are bound: texts, sets, accumulators. */
  readonly constants: unknown[] = [];
  /** Lines before the loop over rows, run at each call. */
  readonly head: string[] = [];
  /** Arrays that stay between calls and grow: made by these expressions. */
  readonly scratch: string[] = [];
  block: Block = newBlock('row');
  readonly schema: Schema;
  readonly uses: Uses;
  private readonly slotNames = new Map<string, string>();
  private readonly memos = new Map<number, Map<number, number>>();
  /** Members of the tuple at a linear position, by the position's name. */
  private readonly members = new Map<string, readonly string[]>();
  private count = 0;

  constructor(schema: Schema, uses: Uses) {
    this.schema = schema;
    this.uses = uses;
  }

  name(prefix: string): string {
    return `${prefix}${this.count++}`;
  }

  line(code: string): void {
    this.block.lines.push(code);
  }

  /** An array that stays between calls, empty at first. */
  private scratchArray(prefix: string, make: string): string {
    const name = this.name(prefix);
    this.head.push(`let ${name} = S[${this.scratch.push(make) - 1}];`);
    this.scratchPlaces.set(name, this.scratch.length - 1);
    return name;
  }
  private readonly scratchPlaces = new Map<string, number>();

  private makeRoom(name: string, size: string): void {
    this.line(
      `if (${name}.length < ${size}) ${name} = S[${this.scratchPlaces.get(name)}] = room(${name}, ${size});`,
    );
  }

  /** Binds a value that is no number; gives its name in the code. */
  bind(value: unknown): string {
    let at = this.bound.get(value);
    if (at === undefined) {
      at = this.constants.push(value) - 1;
      this.bound.set(value, at);
    }
    return `K${at}`;
  }
  private readonly bound = new Map<unknown, number>();

  /** The name of a column slot; the same slot is bound once. */
  slot(slot: Slot): string {
    const key = JSON.stringify(slot);
    let name = this.slotNames.get(key);
    if (name === undefined) {
      name = `C${this.slots.push(slot) - 1}`;
      this.slotNames.set(key, name);
    }
    return name;
  }

  /** Writes a block: `open { ... }`. */
  inside(kind: Block['kind'], open: string, work: () => void, binding?: Binding): void {
    const inner = newBlock(kind, this.block, binding);
    this.block = inner;
    try {
      work();
    } finally {
      this.block = inner.parent!;
    }
    this.line(`${open} {`);
    for (const line of inner.lines) this.line(line);
    this.line('}');
  }

  /** An array that holds values of the row, written by `work` where it is first needed. */
  rowArray(key: string, length: number, work: (name: string) => void): string {
    const found = known(this.block, key, []);
    if (found !== undefined) return found;
    const home = this.rowBlock();
    return this.at(home, () => {
      let name = this.rowArrays.get(key);
      if (name === undefined) {
        name = this.bind(new Float64Array(length));
        this.rowArrays.set(key, name);
      }
      const array = name;
      if (home.kind === 'branch') {
        const [flag] = this.flag(key, '0');
        this.inside('branch', `if (${flag} !== row)`, () => {
          this.line(`${flag} = row;`);
          work(array);
        });
      } else work(array);
      home.values.set(key, array);
      return array;
    });
  }
  private readonly rowArrays = new Map<string, string>();

  /** Runs `work` in a branch block of its own and gives what it wrote, without writing it. */
  private aside(work: () => string): { lines: string[]; result: string } {
    const inner = newBlock('branch', this.block);
    this.block = inner;
    try {
      const result = work();
      return { lines: inner.lines, result };
    } finally {
      this.block = inner.parent!;
    }
  }

  /** Writes `work` where the condition holds. */
  branch(node: Node | undefined, work: () => void): void {
    if (node === undefined || (node.op === 'const' && node.value === true)) {
      work();
      return;
    }
    if (node.op === 'and' && known(this.block, `v${node.id}`, node.free) === undefined) {
      this.branch(node.args[0], () => this.branch(node.args[1], work));
      return;
    }
    this.inside('branch', `if (${this.value(node)})`, work);
  }

  branches(nodes: readonly Node[], work: () => void): void {
    const [first, ...rest] = nodes;
    if (!first) work();
    else this.branch(first, () => this.branches(rest, work));
  }

  /** The block in which a value is computed: as far outside as the loops and conditions around allow. */
  private home(node: Node): Block {
    let block = this.block;
    while (block.kind === 'loop' && block.parent && !this.needs(block, node)) block = block.parent;
    return block;
  }

  private needs(block: Block, node: Node): boolean {
    const { binding } = block;
    if (!binding || !node.free.includes(binding.variable)) return false;
    if (binding.member === undefined || binding.last) {
      if (binding.member === undefined || binding.member === 0) return true;
    }
    const memo = this.memos.get(binding.variable) ?? new Map<number, number>();
    this.memos.set(binding.variable, memo);
    return deepestMember(node, binding.variable, memo) >= binding.member!;
  }

  /** Runs `work` in another block of the chain: what it writes comes before what the inner blocks hold. */
  private at<T>(block: Block, work: () => T): T {
    const before = this.block;
    this.block = block;
    try {
      return work();
    } finally {
      this.block = before;
    }
  }

  /** A name or literal that has the value of a node here. */
  value(node: Node): string {
    if (node.op === 'const') return this.literal(node.value!);
    const key = `v${node.id}`;
    const found = known(this.block, key, node.free);
    if (found !== undefined) return found;
    if (node.op === 'var') return bindingOf(this.block, node.variable!)!.position;
    const home = this.home(node);
    return this.at(home, () => {
      if (this.flagged(node)) return this.once(node, key);
      const code = this.compute(node);
      const name = /^[A-Za-z]\w*$/.test(code) ? code : this.name('x');
      if (name !== code) this.line(`const ${name} = ${code};`);
      home.values.set(key, name);
      return name;
    });
  }

  /** Whether a value of the row is wanted inside a loop, behind a condition: it must not be made again each time. */
  private flagged(node: Node): boolean {
    return (
      node.free.length === 0 &&
      node.cost >= WORTH_A_FLAG &&
      this.block.kind === 'branch' &&
      inLoop(this.block)
    );
  }

  /** A value that is computed at most once for each row, wherever it is first needed. */
  private once(node: Node, key: string): string {
    const [flag, name] = this.flag(
      `once ${key}`,
      isBigNode(node) ? '0n' : node.type === 'bool' ? 'false' : node.type === 'string' ? "''" : '0',
    );
    const home = this.block;
    this.inside('branch', `if (${flag} !== row)`, () => {
      this.line(`${flag} = row;`);
      this.line(`${name} = ${this.compute(node)};`);
    });
    home.values.set(key, name);
    return name;
  }

  private readonly flags = new Map<string, [string, string]>();

  /** Variables that live as long as the call: a flag and a value. */
  flag(key: string, initial: string): [flag: string, name: string] {
    let pair = this.flags.get(key);
    if (!pair) {
      pair = [this.name('f'), this.name('h')];
      this.flags.set(key, pair);
      this.head.push(`let ${pair[0]} = -1, ${pair[1]} = ${initial};`);
    }
    return pair;
  }

  private literal(value: Datum): string {
    if (typeof value === 'string') return this.bind(value);
    if (typeof value === 'boolean') return value ? 'true' : 'false';
    if (typeof value === 'bigint') return value < 0n ? `(${value}n)` : `${value}n`;
    if (Object.is(value, -0)) return '(-0)';
    return value < 0 ? `(${value})` : String(value);
  }

  private compute(node: Node): string {
    switch (node.op) {
      case 'load':
        return this.load(node);
      case 'valid':
        return this.valid(node);
      case 'len':
        return this.length(node.axis!);
      case 'pos':
        return this.place(node);
      case 'pick':
        return this.pick(node);
      case 'reduce':
        return this.reduction(node).value;
      case 'found':
        return this.reduction(node.args[0]!).found;
      case 'and':
      case 'or':
        return this.lazily(node);
      case 'where':
        return this.choice(node);
      case 'isin':
        return `${this.bind(new Set(node.set))}.has(${this.value(node.args[0]!)})`;
      case 'extern': {
        const args = node.args.map((arg) =>
          arg.type === 'int64' && !isBigNode(arg) ? `BigInt(${this.value(arg)})` : this.value(arg),
        );
        return `${this.extern(node.extern!)}(${args.join(', ')})`;
      }
      default:
        return operation(
          node,
          node.args.map((arg) => this.value(arg)),
        );
    }
  }

  /** Set by the compiler: the name of a bound function. */
  extern: (name: string) => string = () => {
    throw new TypeError('no external functions');
  };

  private lazily(node: Node): string {
    const [a, b] = node.args as [Node, Node];
    const left = this.value(a);
    const right = this.aside(() => this.value(b));
    const op = node.op === 'and' ? '&&' : '||';
    if (right.lines.length === 0) return `(${left} ${op} ${right.result})`;
    const name = this.name('b');
    this.line(`let ${name} = ${node.op === 'or'};`);
    this.line(`if (${node.op === 'and' ? left : `!${left}`}) {`);
    for (const line of right.lines) this.line(line);
    this.line(`${name} = ${right.result};`);
    this.line('}');
    return name;
  }

  private choice(node: Node): string {
    const test = this.value(node.args[0]!);
    const yes = this.aside(() => this.value(node.args[1]!));
    const no = this.aside(() => this.value(node.args[2]!));
    if (yes.lines.length + no.lines.length === 0) return `(${test} ? ${yes.result} : ${no.result})`;
    const name = this.name('w');
    const zero = isBigNode(node)
      ? '0n'
      : node.type === 'bool'
        ? 'false'
        : node.type === 'string'
          ? "''"
          : '0';
    this.line(`let ${name} = ${zero};`);
    this.line(`if (${test}) {`);
    for (const line of yes.lines) this.line(line);
    this.line(`${name} = ${yes.result};`);
    this.line('} else {');
    for (const line of no.lines) this.line(line);
    this.line(`${name} = ${no.result};`);
    this.line('}');
    return name;
  }

  /** Where the elements of a list column begin that lies at `at` behind `level` other lists. */
  private start(path: ColumnPath, at: readonly Node[], level: number, lists: number, end = false): string {
    const rebased = isRebased(this.schema, path, lists) && level === 0;
    const group = rebased ? this.representative(path) : listPath(this.schema, path, level);
    const offsets = this.slot({ kind: 'offsets', path: group, level, rebased });
    const outer = level === 0 ? 'row' : this.element(path, at.slice(0, level), level - 1, lists);
    const key = `s${offsets} ${outer} ${end}`;
    const found = known(this.block, key, []);
    if (found !== undefined) return found;
    const home = at.length === 0 ? this.rowBlock() : this.block;
    return this.at(home, () => {
      const name = this.name('s');
      this.line(`const ${name} = ${offsets}[${outer}${end ? ' + 1' : ''}];`);
      home.values.set(key, name);
      return name;
    });
  }

  /** Start offsets of a row are cheap and used everywhere: they stand outside of loops, but not of conditions. */
  private rowBlock(): Block {
    let block = this.block;
    while (block.kind === 'loop' && block.parent) block = block.parent;
    return block;
  }

  private element(path: ColumnPath, at: readonly Node[], level: number, lists: number): string {
    return `${this.start(path, at.slice(0, level), level, lists)} + ${this.value(at[level]!)}`;
  }

  /** The column whose offsets speak for all of its counter. */
  private readonly representatives = new Map<string, ColumnPath>();
  private representative(path: ColumnPath): ColumnPath {
    const type = this.schema[path[0]!];
    const counter = type?.kind === 'list' ? type.counter! : '';
    const known = this.representatives.get(counter);
    if (known) return known;
    const chosen = this.columns.find((name) => {
      const other = this.schema[name];
      return other?.kind === 'list' && other.counter === counter;
    });
    const result = chosen === undefined ? path : [chosen];
    this.representatives.set(counter, result);
    return result;
  }

  /** Set by the compiler: the columns that are read. */
  columns: readonly string[] = [];

  private placeIn(node: Node): string {
    const lists = node.args.length;
    return lists === 0 ? 'row' : this.element(node.column!, node.args, lists - 1, lists);
  }

  private load(node: Node): string {
    const path = node.column!;
    const lists = node.args.length;
    const rebased = isRebased(this.schema, path, lists);
    const place = this.placeIn(node);
    if (node.type === 'string') return `${this.slot({ kind: 'text', path, lists, rebased })}(${place})`;
    const code = `${this.slot({ kind: 'values', path, lists, rebased })}[${place}]`;
    return node.type === 'bool' ? `(${code} !== 0)` : code;
  }

  private valid(node: Node): string {
    const path = node.column!;
    const lists = node.args.length;
    const part = node.value as 'item' | 'list' | 'record';
    const rebased = part === 'item' && isRebased(this.schema, path, lists);
    const bits = this.slot({ kind: 'validity', path, lists, part, rebased });
    const at = this.name('p');
    this.line(`const ${at} = ${this.placeIn(node)};`);
    return `(${bits} === null || (${bits}[${at} >> 3] >> (${at} & 7) & 1) !== 0)`;
  }

  /** Code of the number of elements of an axis. */
  length(axis: Axis): string {
    switch (axis.kind) {
      case 'column': {
        const level = axis.at!.length;
        return `${this.start(axis.path!, axis.at!, level, level + 1, true)} - ${this.start(axis.path!, axis.at!, level, level + 1)}`;
      }
      case 'virtual':
        return this.value(axis.length!);
      case 'combinations':
        return `choices(${this.size(axis.base!)}, ${axis.count})`;
      case 'cartesian':
        return `${this.size(axis.base!)} * ${this.size(axis.other!)}`;
      case 'filter':
        return this.kept(axis).count;
      case 'order':
        return this.size(axis.base!);
    }
  }

  /** The number of elements as a name. */
  size(axis: Axis): string {
    const key = `n${axis.id}`;
    const found = known(this.block, key, axis.free);
    if (found !== undefined) return found;
    if (axis.size !== undefined) return String(axis.size);
    const home = this.axisHome(axis);
    return this.at(home, () => {
      const code = this.length(axis);
      const name = /^\w+$/.test(code) ? code : this.name('n');
      if (name !== code) this.line(`const ${name} = ${code};`);
      home.values.set(key, name);
      return name;
    });
  }

  private axisHome(axis: Axis): Block {
    let block = this.block;
    while (
      block.kind === 'loop' &&
      block.parent &&
      !(block.binding && axis.free.includes(block.binding.variable))
    )
      block = block.parent;
    return block;
  }

  private place(node: Node): string {
    const axis = node.axis!;
    const [at] = node.args as [Node];
    const member = node.member!;
    if (axis.kind === 'combinations' || axis.kind === 'cartesian') {
      // Elements that a filter of pairs kept are stored with their members.
      if (at.op === 'pos' && at.axis!.kind === 'filter' && at.axis!.base === axis && !this.isBound(at)) {
        const kept = this.kept(at.axis!);
        return `${kept.members[member]}[${this.value(at.args[0]!)}]`;
      }
      const inLoopOf = at.op === 'var' ? this.memberName(at.variable!, member) : undefined;
      if (inLoopOf !== undefined) return inLoopOf;
      const place = this.value(at);
      const names = this.members.get(place);
      if (names) return names[member]!;
      if (axis.kind === 'cartesian') {
        const other = this.size(axis.other!);
        return member === 0 ? `Math.floor(${place} / ${other})` : `${place} % ${other}`;
      }
      return `choiceMember(${this.size(axis.base!)}, ${axis.count}, ${member}, ${place})`;
    }
    if (at.op === 'var') {
      const bound = known(this.block, `in${axis.id} ${at.variable}`, at.free);
      if (bound !== undefined) return bound;
    }
    const places = axis.kind === 'order' ? this.ordered(axis) : this.kept(axis).places;
    return `${places}[${this.value(at)}]`;
  }

  private isBound(at: Node): boolean {
    return (
      at.args[0]!.op === 'var' &&
      known(this.block, `in${at.axis!.id} ${at.args[0]!.variable}`, at.free) !== undefined
    );
  }

  private memberName(variable: number, member: number): string | undefined {
    return known(this.block, `m${variable} ${member}`, [variable]);
  }

  /** A loop over an axis; `variable` is then bound. `label` names it for `break`. */
  each(axis: Axis, variable: number, work: () => void, label?: string): void {
    const open = label === undefined ? '' : `${label}: `;
    switch (axis.kind) {
      case 'combinations':
      case 'cartesian':
        this.eachTuple(axis, variable, work, open);
        return;
      case 'filter':
        if ((this.uses.axes.get(axis) ?? 0) <= 1) {
          this.eachKept(axis, variable, work, label);
          return;
        }
        break;
    }
    const n = axis.kind === 'filter' ? this.kept(axis).count : this.size(axis);
    if (axis.kind === 'order') this.ordered(axis);
    const i = this.name('i');
    this.inside('loop', `${open}for (let ${i} = 0; ${i} < ${n}; ${i}++)`, work, { variable, position: i });
  }

  /** Loops over a filtered list that is used here alone: nothing is stored. */
  private eachKept(axis: Axis, variable: number, work: () => void, label?: string): void {
    const counter = this.name('q');
    this.line(`let ${counter} = 0;`);
    const base = variableOf(axis.base!);
    this.each(
      axis.base!,
      base,
      () => {
        const at = bindingOf(this.block, base)!.position;
        this.branch(axis.body, () => {
          const here = () => {
            this.block.values.set(`in${axis.id} ${variable}`, at);
            work();
            this.line(`${counter}++;`);
          };
          this.inside('branch', '', here, { variable, position: counter });
        });
      },
      label,
    );
  }

  private eachTuple(axis: Axis, variable: number, work: () => void, open: string): void {
    const counter = this.name('q');
    const k = axis.kind === 'combinations' ? axis.count! : 2;
    const sizes = Array.from({ length: k }, (_, m) =>
      this.size(axis.kind === 'combinations' || m === 0 ? axis.base! : axis.other!),
    );
    this.line(`let ${counter} = 0;`);
    const names = Array.from({ length: k }, () => this.name('i'));
    this.members.set(counter, names);
    const nest = (m: number): void => {
      const from = axis.kind === 'combinations' && m > 0 ? `${names[m - 1]} + 1` : '0';
      const rest = axis.kind === 'combinations' ? k - 1 - m : 0;
      const to = rest > 0 ? `${sizes[m]} - ${rest}` : sizes[m];
      const head = `${m === 0 ? open : ''}for (let ${names[m]} = ${from}; ${names[m]} < ${to}; ${names[m]}++)`;
      const last = m === k - 1;
      this.inside(
        'loop',
        head,
        () => {
          this.block.values.set(`m${variable} ${m}`, names[m]!);
          if (!last) {
            nest(m + 1);
            return;
          }
          work();
          this.line(`${counter}++;`);
        },
        { variable, position: counter, member: m, last },
      );
    };
    nest(0);
  }

  /** The places of a filtered list, stored; for pairs the members too. */
  private kept(axis: Axis): { count: string; places: string; members: string[] } {
    const key = `k${axis.id}`;
    const base = axis.base!;
    const tuple = base.kind === 'combinations' ? base.count! : base.kind === 'cartesian' ? 2 : 0;
    const buffers = this.buffers(axis, 1 + tuple);
    const result = (count: string) => ({ count, places: buffers[0]!, members: buffers.slice(1) });
    const found = known(this.block, key, axis.free);
    if (found !== undefined) return result(found);
    const home = this.axisHome(axis);
    const make = (count: string): void => {
      const most = this.size(base);
      for (const buffer of buffers) this.makeRoom(buffer, most);
      this.each(base, variableOf(base), () => {
        const at = bindingOf(this.block, variableOf(base))!.position;
        this.branch(axis.body, () => {
          const names = tuple > 0 ? this.members.get(at)! : [];
          [at, ...names].forEach((name, i) => {
            this.line(`${buffers[i]}[${count}] = ${name};`);
          });
          this.line(`${count}++;`);
        });
      });
    };
    return this.at(home, () => {
      if (axis.free.length === 0 && home.kind === 'branch') {
        const [flag, count] = this.flag(key, '0');
        this.inside('branch', `if (${flag} !== row)`, () => {
          this.line(`${flag} = row;`);
          this.line(`${count} = 0;`);
          make(count);
        });
        home.values.set(key, count);
        return result(count);
      }
      const count = this.name('n');
      this.line(`let ${count} = 0;`);
      make(count);
      home.values.set(key, count);
      return result(count);
    });
  }

  private readonly bufferNames = new Map<string, string[]>();

  private buffers(axis: Axis, count: number): string[] {
    const key = `${axis.id}`;
    let names = this.bufferNames.get(key);
    if (!names) {
      names = Array.from({ length: count }, () => this.scratchArray('P', 'new Int32Array(16)'));
      this.bufferNames.set(key, names);
    }
    return names;
  }

  /** The places of a sorted list. */
  private ordered(axis: Axis): string {
    const key = `o${axis.id}`;
    const found = known(this.block, key, axis.free);
    if (found !== undefined) return found;
    const [order] = this.buffers(axis, 1) as [string];
    const home = this.axisHome(axis);
    this.at(home, () => {
      const n = this.size(axis.base!);
      const [keys, ranks] = [this.name('y'), this.name('z')];
      this.makeRoom(order, n);
      this.line(`const ${keys} = [], ${ranks} = [];`);
      this.each(axis.base!, variableOf(axis.base!), () => {
        const put = () => {
          const x = this.value(axis.body!);
          this.line(`${keys}.push(${x}); ${ranks}.push(${x} !== ${x} ? 1 : 0);`);
        };
        if (!axis.there) {
          put();
          return;
        }
        const there = this.value(axis.there);
        this.inside('branch', `if (${there})`, put);
        this.line(`else { ${keys}.push(0); ${ranks}.push(2); }`);
      });
      this.line(`sortPlaces(${order}, ${keys}, ${ranks}, ${n}, ${axis.ascending !== false});`);
      home.values.set(key, order);
    });
    return order;
  }

  /** A look-up in a table over an axis. All tables over it are filled together, when the first is needed. */
  private pick(node: Node): string {
    const body = node.args[1]!;
    const group = this.uses.tables.get(body)!;
    const names = this.tables(group);
    return `${names[group.bodies.indexOf(body)]}[${this.value(node.args[0]!)}]`;
  }

  private readonly tableNames = new Map<TableGroup, string[]>();

  private tables(group: TableGroup): string[] {
    const { axis, bodies } = group;
    let names = this.tableNames.get(group);
    if (!names) {
      names = bodies.map((body) =>
        this.scratchArray('T', body.type === 'float64' ? 'new Float64Array(16)' : '[]'),
      );
      this.tableNames.set(group, names);
    }
    const key = `t${group.key}`;
    if (known(this.block, key, axis.free) !== undefined) return names;
    const home = this.axisHome(axis);
    const fill = (): void => {
      const n = this.size(axis);
      bodies.forEach((body, i) => {
        if (body.type === 'float64') this.makeRoom(names[i]!, n);
      });
      this.each(axis, variableOf(axis), () => {
        const at = bindingOf(this.block, variableOf(axis))!.position;
        bodies.forEach((body, i) => {
          this.line(`${names[i]}[${at}] = ${this.value(body)};`);
        });
      });
    };
    this.at(home, () => {
      if (home.kind === 'branch') {
        const [flag] = this.flag(key, '0');
        this.inside('branch', `if (${flag} !== row)`, () => {
          this.line(`${flag} = row;`);
          fill();
        });
      } else fill();
      home.values.set(key, names[0]!);
    });
    return names;
  }

  /** Set by the compiler: writes the loop of a reduction. */
  reduce: (node: Node, names: { value: string; found: string }) => void = () => {};

  /** A reduction's value, and whether it found anything; both are made together. */
  private reduction(node: Node): { value: string; found: string } {
    const key = `r${node.id}`;
    const found = known(this.block, key, node.free);
    if (found !== undefined) return { value: found, found: known(this.block, `g${node.id}`, node.free)! };
    const home = this.home(node);
    return this.at(home, () => {
      const shared = home.kind === 'branch' && node.free.length === 0 && (this.uses.nodes.get(node) ?? 0) > 2;
      const flagged = shared || this.flagged(node);
      let names: { value: string; found: string };
      if (flagged) {
        const initial = isBigNode(node)
          ? '0n'
          : node.type === 'bool'
            ? 'false'
            : node.type === 'string'
              ? "''"
              : '0';
        const [flag, value] = this.flag(key, initial);
        const [, seen] = this.flag(`${key} found`, 'false');
        names = { value, found: seen };
        this.inside('branch', `if (${flag} !== row)`, () => {
          this.line(`${flag} = row;`);
          this.reduce(node, names);
        });
      } else {
        names = { value: this.name('r'), found: this.name('g') };
        this.line(`let ${names.value}, ${names.found};`);
        this.reduce(node, names);
      }
      home.values.set(key, names.value);
      home.values.set(`g${node.id}`, names.found);
      home.values.set(`v${node.id}`, names.value);
      return names;
    });
  }
}
