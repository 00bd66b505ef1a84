import type { ColumnPath, Node } from '../ir/types.ts';
import { known } from './block.ts';
import { isRebased, listPath } from './slots.ts';
import { Writer } from './writer.ts';

/** Writes what is taken from columns: elements, whether they are there, and where lists begin. */
export abstract class ColumnWriter extends Writer {
  /** A name or literal that has the value of a node here. */
  abstract value(node: Node): string;

  /** The column whose offsets speak for all of its counter. */
  protected readonly representatives = new Map<string, ColumnPath>();

  /** Where the elements of a list column begin that lies at `at` behind `level` other lists. */
  protected start(path: ColumnPath, at: readonly Node[], level: number, lists: number, end = false): string {
    const rebased = isRebased(this.schema, path, lists) && level === 0;
    const group = rebased ? this.representative(path) : listPath(this.schema, path, level);
    const type = this.schema[path[0]!];
    const counter =
      rebased && type?.kind === 'list' && type.counter !== undefined ? { counter: type.counter } : {};
    const offsets = this.slot({ kind: 'offsets', path: group, level, rebased, ...counter });
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

  protected element(path: ColumnPath, at: readonly Node[], level: number, lists: number): string {
    return `${this.start(path, at.slice(0, level), level, lists)} + ${this.value(at[level]!)}`;
  }

  protected representative(path: ColumnPath): ColumnPath {
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

  protected placeIn(node: Node): string {
    const lists = node.args.length;
    return lists === 0 ? 'row' : this.element(node.column!, node.args, lists - 1, lists);
  }

  protected load(node: Node): string {
    const path = node.column!;
    const lists = node.args.length;
    const rebased = isRebased(this.schema, path, lists);
    const place = this.placeIn(node);
    if (node.type === 'string') return `${this.slot({ kind: 'text', path, lists, rebased })}(${place})`;
    const code = `${this.slot({ kind: 'values', path, lists, rebased })}[${place}]`;
    return node.type === 'bool' ? `(${code} !== 0)` : code;
  }

  protected valid(node: Node): string {
    const path = node.column!;
    const lists = node.args.length;
    const part = node.value as 'item' | 'list' | 'record';
    const rebased = part === 'item' && isRebased(this.schema, path, lists);
    const bits = this.slot({ kind: 'validity', path, lists, part, rebased });
    const at = this.name('p');
    this.line(`const ${at} = ${this.placeIn(node)};`);
    return `(${bits} === null || (${bits}[${at} >> 3] >> (${at} & 7) & 1) !== 0)`;
  }
}
