/** From levels and values to columns: the inverse of Dremel's record shredding. */

import { ARRAYS, type Numeric } from '../../table/primitives.ts';
import { takeColumn } from '../../table/take.ts';
import type { Column, Values } from '../../table/types.ts';
import { makeValidity, setValid } from '../../table/validity.ts';
import { widenHalf } from '../arrow/columns.ts';
import type { Chunk, Dense } from './pages.ts';
import { leavesOf, type Node } from './schema.ts';

/** The column of a node from the chunks of its leaves, by path. */
export function assemble(node: Node, chunks: ReadonlyMap<string, Chunk>): Column {
  return build(node, chunks, 0, 0);
}

/**
 * The rows of a node are the entries of any leaf below whose repetition level is at most `rep` (they begin
 * something new inside the nearest list) and whose definition level is at least `def` (that list has an item).
 */
function build(node: Node, chunks: ReadonlyMap<string, Chunk>, rep: number, def: number): Column {
  if (node.kind === 'leaf') return buildLeaf(node, chunks.get(node.path)!, def);
  const chunk = chunks.get(leavesOf(node)[0]!.path)!;
  if (node.kind === 'list') return buildList(node, chunks, chunk, rep, def);
  const fields = node.fields.map(([name, field]) => [name, build(field, chunks, rep, def)] as const);
  const length = fields[0]![1].length;
  for (const [, field] of fields)
    if (field.length !== length) throw new RangeError('fields of different lengths');
  const column: Column = { kind: 'record', length, fields: Object.fromEntries(fields) };
  if (node.nullable) {
    const validity = makeValidity(length);
    let row = 0;
    forRows(chunk, rep, def, (level) => {
      if (level >= node.def) setValid(validity, row);
      row++;
    });
    column.validity = validity;
  }
  return column;
}

function forRows(chunk: Chunk, rep: number, def: number, visit: (level: number) => void): void {
  const levels = chunk.def!;
  for (let i = 0; i < chunk.entries; i++)
    if ((!chunk.rep || chunk.rep[i]! <= rep) && levels[i]! >= def) visit(levels[i]!);
}

function buildList(
  node: Node & { kind: 'list' },
  chunks: ReadonlyMap<string, Chunk>,
  chunk: Chunk,
  rep: number,
  def: number,
): Column {
  const levels = chunk.def!;
  const again = chunk.rep!;
  const starts = new Int32Array(chunk.entries + 1);
  const validity = node.nullable ? makeValidity(chunk.entries) : undefined;
  let rows = 0;
  let items = 0;
  for (let i = 0; i < chunk.entries; i++) {
    const level = levels[i]!;
    if (again[i]! <= rep && level >= def) {
      if (validity && level >= node.def) setValid(validity, rows);
      starts[rows++] = items;
    }
    if (level >= node.itemDef && again[i]! <= node.rep) items++;
  }
  starts[rows] = items;
  const content = build(node.item, chunks, node.rep, node.itemDef);
  if (content.length !== items) throw new RangeError('a list of another length than its items');
  const column: Column = { kind: 'list', length: rows, offsets: starts.subarray(0, rows + 1), content };
  if (validity) column.validity = validity.subarray(0, (rows + 7) >> 3);
  return column;
}

function buildLeaf(node: Node & { kind: 'leaf' }, chunk: Chunk, def: number): Column {
  const { def: levels, entries, dense } = chunk;
  if (!levels || lengthOf(dense) === entries) {
    const column = denseColumn(dense, node, lengthOf(dense));
    if (node.nullable) column.validity = makeValidity(column.length).fill(255);
    return column;
  }
  const indices = new Int32Array(entries);
  const validity = node.nullable ? makeValidity(entries) : undefined;
  let rows = 0;
  let next = 0;
  for (let i = 0; i < entries; i++) {
    const level = levels[i]!;
    if (level < def) continue;
    if (level === node.def) {
      if (validity) setValid(validity, rows);
      indices[rows++] = next++;
    } else indices[rows++] = -1;
  }
  const column =
    next === rows
      ? denseColumn(dense, node, rows)
      : spread(denseColumn(dense, node, lengthOf(dense)), indices.subarray(0, rows));
  if (validity) column.validity = validity.subarray(0, (rows + 7) >> 3);
  return column;
}

/** Rows with gaps for missing values, which stay unmarked here. */
function spread(column: Column, indices: Int32Array): Column {
  const taken = takeColumn(column, indices);
  delete taken.validity;
  return taken;
}

function lengthOf(dense: Dense): number {
  if (dense.kind === 'numbers') return dense.values.length;
  return dense.kind === 'text' ? dense.text.length : dense.codes.length;
}

function denseColumn(dense: Dense, node: Node & { kind: 'leaf' }, length: number): Column {
  if (dense.kind === 'text') return { ...dense.text };
  if (dense.kind === 'codes')
    return { kind: 'dictionary', length, codes: dense.codes, dictionary: dense.dictionary };
  const type = node.rule.to as Numeric;
  return { kind: 'primitive', type, length, values: convert(dense.values, node) };
}

function convert(values: Values, { rule }: Node & { kind: 'leaf' }): Values {
  if (rule.half) return widenHalf(values as Uint16Array);
  if (rule.scale !== undefined)
    return Float64Array.from(values as ArrayLike<number>, (value) => Number(value) / 10 ** rule.scale!);
  const Make = ARRAYS[rule.to as Numeric];
  if (values instanceof Make) return values;
  // Unsigned numbers are stored as signed ones of the same bits; narrow ones as wider ones.
  if (values.BYTES_PER_ELEMENT === Make.BYTES_PER_ELEMENT)
    return new Make(values.buffer as ArrayBuffer, values.byteOffset, values.length);
  return (Make as Int8ArrayConstructor).from(values as Int32Array) as Values;
}
