import { isBigNode } from '../ir/graph.ts';
import type { Datum, Node } from '../ir/types.ts';
import { type Block, bindingOf, deepestMember, inLoop, known } from './block.ts';
import { ListWriter } from './lists.ts';
import { operation } from './operators.ts';

/** From this cost on a value is worth a flag that says whether this row has it already. */
const WORTH_A_FLAG = 8;

/** Writes the code of a kernel: the values of a graph where they are needed, as seldom as loops and conditions allow. */
export class Emitter extends ListWriter {
  private readonly memos = new Map<number, Map<number, number>>();

  /** Set by the compiler: the name of a bound function. */
  extern: (name: string) => string = () => {
    throw new TypeError('no external functions');
  };

  /** Set by the compiler: writes the loop of a reduction. */
  reduce: (node: Node, names: { value: string; found: string }) => void = () => {};

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
      const angle = this.uses.angles.get(node);
      if (angle?.sin && angle.cos) return this.sinCos(node, angle.sin, angle.cos);
      const code = this.compute(node);
      const name = /^[A-Za-z]\w*$/.test(code) ? code : this.name('x');
      if (name !== code) this.line(`const ${name} = ${code};`);
      home.values.set(key, name);
      return name;
    });
  }

  /** Computes sine and cosine of one angle here; gives the one that is asked for. */
  private sinCos(node: Node, sin: Node, cos: Node): string {
    const angle = this.value(sin.args[0]!);
    const [s, c] = [this.name('x'), this.name('x')];
    this.line(`const ${s} = sinCos(${angle}), ${c} = COSINE[0];`);
    this.block.values.set(`v${sin.id}`, s);
    this.block.values.set(`v${cos.id}`, c);
    return node === sin ? s : c;
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
