import { ConfigProblem } from '../problem/problem.ts';
import { Bytes, EnumMember, Float, PathValue } from '../value/scalar.ts';
import { floatText, scalarText } from '../value/text.ts';
import { textStyle } from './scalar-style.ts';
import { Writer } from './writer.ts';

/** Plain data as YAML is written from: lists, maps (`Map` or plain objects), leaves. */
export type Dumpable = unknown;

export interface DumpOptions {
  /** Whether keys are written in their alphabetical order instead of their own. */
  sortKeys?: boolean;
}

function numberText(value: number | bigint | Float): string {
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value)))
    return String(BigInt(value));
  const text = floatText(value instanceof Float ? value.value : (value as number));
  if (text === 'nan') return '.nan';
  if (text.endsWith('inf')) return text.replace('inf', '.inf');
  return !text.includes('.') && text.includes('e') ? text.replace('e', '.0e') : text;
}

const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  [Object.prototype, null].includes(Object.getPrototypeOf(value));

class Dumper {
  readonly writer = new Writer();
  readonly sortKeys: boolean;

  constructor(options: DumpOptions) {
    this.sortKeys = options.sortKeys ?? false;
  }

  /** `indent` is that of the container the value stands in; -1 at the root. */
  node(value: Dumpable, indent: number, inMap: boolean): void {
    if (Array.isArray(value)) this.list(value, indent, inMap);
    else if (value instanceof Map) this.map(value, indent);
    else if (isPlainObject(value)) this.map(new Map(Object.entries(value)), indent);
    else this.leaf(value, indent, false);
  }

  leaf(value: Dumpable, indent: number, key: boolean): void {
    const { writer } = this;
    const inside = Math.max(0, indent) + 2;
    if (value instanceof Bytes) {
      let binary = '';
      for (const byte of value.bytes) binary += String.fromCharCode(byte);
      writer.indicator('!!binary', true);
      writer.literal(btoa(binary).match(/.{1,76}/g) ?? [''], inside);
    } else if (value === null || typeof value === 'boolean')
      writer.scalar(String(value), 'plain', inside, false);
    else if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Float)
      writer.scalar(numberText(value), 'plain', inside, false);
    else if (typeof value === 'object' && !(value instanceof EnumMember) && !(value instanceof PathValue))
      throw new ConfigProblem('validation', 'only plain data can be written as YAML');
    else {
      const text =
        value instanceof EnumMember ? value.name : value instanceof PathValue ? value.path : String(value);
      writer.scalar(text, textStyle(text, key).style, inside, !key);
    }
  }

  list(items: Dumpable[], indent: number, inMap: boolean): void {
    const { writer } = this;
    if (items.length === 0) {
      writer.indicator('[', true, true);
      writer.indicator(']', false);
      return;
    }
    // A list under a key stands at the key's own indentation.
    const at = indent < 0 ? 0 : inMap && !writer.indention ? indent : indent + 2;
    for (const item of items) {
      writer.indent(at);
      writer.indicator('-', true, false, true);
      this.node(item, at, false);
    }
  }

  map(entries: Map<unknown, Dumpable>, indent: number): void {
    const { writer } = this;
    if (entries.size === 0) {
      writer.indicator('{', true, true);
      writer.indicator('}', false);
      return;
    }
    const at = indent < 0 ? 0 : indent + 2;
    const order = [...entries];
    if (this.sortKeys) order.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    for (const [key, value] of order) {
      writer.indent(at);
      const text = typeof key === 'string' ? key : key instanceof EnumMember ? key.name : scalarText(key);
      const simple =
        typeof key !== 'string' ||
        (key !== '' && [...text].length < 128 && !/[\n\x85\u2028\u2029]/.test(text));
      if (simple) {
        this.leaf(key, at, true);
        writer.indicator(':', false);
      } else {
        writer.indicator('?', true, false, true);
        this.leaf(key, at, false);
        writer.indent(at);
        writer.indicator(':', true, false, true);
      }
      this.node(value, at, true);
    }
  }
}

/** YAML text of plain data, in PyYAML's block style: what OmegaConf's `to_yaml` writes. */
export function dumpYaml(value: Dumpable, options: DumpOptions = {}): string {
  const dumper = new Dumper(options);
  dumper.node(value, -1, false);
  const { text } = dumper.writer;
  const bare = value === null || typeof value !== 'object';
  return text.endsWith('\n') ? text : `${text}\n${bare ? '...\n' : ''}`;
}
