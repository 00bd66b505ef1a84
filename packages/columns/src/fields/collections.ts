import { didYouMean } from '@fasthep/expression';
import { ColumnsError } from '../error.ts';
import type { DataType, Schema } from '../table/types.ts';

/** Collections that are written out: name → member → source column. */
export type Collections = ReadonlyMap<string, ReadonlyMap<string, string>>;

const plain = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/**
 * The members of one entry of `collections:`: a list of columns, which are called without the collection's name in
 * front (`Muon_pt` is `Muon.pt`, `lep_pt` is `Muon.lep_pt`), or a map of names to columns. Throws `program.collections`.
 */
export function readCollection(schema: Schema, name: string, value: unknown): ReadonlyMap<string, string> {
  if (!plain.test(name))
    throw new ColumnsError('program.collections', `'${name}' is no name of a collection`);
  if (Object.hasOwn(schema, name))
    throw new ColumnsError(
      'program.collections',
      `'${name}' is a column itself`,
      'give the collection another name',
    );
  const members = new Map<string, string>();
  const add = (member: string, column: unknown): void => {
    if (typeof column !== 'string')
      throw new ColumnsError('program.collections', `the members of '${name}' are columns`);
    if (!Object.hasOwn(schema, column)) {
      const help = didYouMean(column, Object.keys(schema));
      throw new ColumnsError('program.collections', `'${name}': the rows have no column '${column}'`, help);
    }
    if (members.has(member))
      throw new ColumnsError('program.collections', `'${name}' has two members '${member}'`);
    members.set(member, column);
  };
  if (Array.isArray(value))
    for (const column of value) add(String(column).replace(new RegExp(`^${name}[_.](?=.)`), ''), column);
  else if (value !== null && typeof value === 'object')
    for (const [member, column] of Object.entries(value)) add(member, column);
  if (members.size === 0)
    throw new ColumnsError(
      'program.collections',
      `'${name}' needs its columns`,
      `write them as a list, or as a map of names to columns: ${name}: {pt: lep_pt, eta: lep_eta}`,
    );
  const levels = new Set([...members.values()].map((column) => schema[column]!.kind === 'list'));
  if (levels.size > 1) {
    const wrong = [...members.values()].find((column) => schema[column]!.kind !== 'list');
    throw new ColumnsError(
      'program.collections',
      `'${name}': '${wrong}' has one value for each row, other members are lists`,
    );
  }
  return members;
}

const counterOf = (type: DataType): string | undefined => (type.kind === 'list' ? type.counter : undefined);

/**
 * Columns of a collection whose lists have no counter in common: they are taken together, and their lengths are compared
 * row by row.
 */
export function unlike(schema: Schema, collections: Collections): ReadonlySet<string> {
  const columns = new Set<string>();
  for (const members of collections.values()) {
    const all = [...members.values()];
    if (new Set(all.map((column) => counterOf(schema[column]!))).size > 1)
      for (const column of all) columns.add(column);
  }
  return columns;
}
