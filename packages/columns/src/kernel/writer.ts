import type { Axis } from '../ir/types.ts';
import type { Schema } from '../table/types.ts';
import { type Binding, type Block, known, newBlock } from './block.ts';
import type { Slot } from './slots.ts';
import type { Uses } from './uses.ts';

/**
 * Lines of a kernel in nested blocks, and what it is given: columns, bound values, arrays. The code holds names made
 * here, numbers and operators; texts, bound functions and columns are handed over by place, so that nothing of a
 * user's text becomes code.
 */
export class Writer {
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
  /** Set by the compiler: the columns that are read. */
  columns: readonly string[] = [];
  protected readonly slotNames = new Map<string, string>();
  protected readonly scratchPlaces = new Map<string, number>();
  protected readonly bound = new Map<unknown, number>();
  protected readonly rowArrays = new Map<string, string>();
  protected readonly flags = new Map<string, [string, string]>();
  protected count = 0;

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
  protected scratchArray(prefix: string, make: string): string {
    const name = this.name(prefix);
    this.head.push(`let ${name} = S[${this.scratch.push(make) - 1}];`);
    this.scratchPlaces.set(name, this.scratch.length - 1);
    return name;
  }

  protected makeRoom(name: string, size: string): void {
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

  /** Runs `work` in a branch block of its own and gives what it wrote, without writing it. */
  protected aside(work: () => string): { lines: string[]; result: string } {
    const inner = newBlock('branch', this.block);
    this.block = inner;
    try {
      const result = work();
      return { lines: inner.lines, result };
    } finally {
      this.block = inner.parent!;
    }
  }

  /** Runs `work` in another block of the chain: what it writes comes before what the inner blocks hold. */
  protected at<T>(block: Block, work: () => T): T {
    const before = this.block;
    this.block = block;
    try {
      return work();
    } finally {
      this.block = before;
    }
  }

  /** Start offsets of a row are cheap and used everywhere: they stand outside of loops, but not of conditions. */
  protected rowBlock(): Block {
    let block = this.block;
    while (block.kind === 'loop' && block.parent) block = block.parent;
    return block;
  }

  protected axisHome(axis: Axis): Block {
    let block = this.block;
    while (
      block.kind === 'loop' &&
      block.parent &&
      !(block.binding && axis.free.includes(block.binding.variable))
    )
      block = block.parent;
    return block;
  }

  protected hasFlag(key: string): boolean {
    return this.flags.has(key);
  }

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
}
