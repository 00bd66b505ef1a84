/** Parquet's schema trees and our types. */
import type { RowGroup, SchemaTree } from 'hyparquet';
import type { DataType, Primitive } from '../../table/types.ts';

/** How the values of a leaf are made into ours. */
export type LeafRule = { to: Primitive; scale?: number; half?: boolean };

/**
 * A node of a column. `def` is the definition level from which on it is present, so that `def - 1` says that it
 * is missing while what holds it is there.
 */
export type Node =
  | {
      kind: 'leaf';
      nullable: boolean;
      def: number;
      rep: number;
      path: string;
      rule: LeafRule;
      physical: string;
      width: number;
    }
  | { kind: 'list'; nullable: boolean; def: number; rep: number; itemDef: number; item: Node }
  | { kind: 'record'; nullable: boolean; def: number; rep: number; fields: [name: string, node: Node][] };

/** A column that cannot be read, and why. */
export class Unreadable {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** The node of a top-level column. */
export function nodeOf(tree: SchemaTree): Node | Unreadable {
  try {
    return build(tree, 0, 0);
  } catch (problem) {
    if (problem instanceof Unreadable) return problem;
    throw problem;
  }
}

function build(tree: SchemaTree, outerDef: number, outerRep: number): Node {
  const { element } = tree;
  if (element.repetition_type === 'REPEATED') {
    const item = buildPresent(tree, false, outerDef + 1, outerRep + 1);
    return { kind: 'list', nullable: false, def: outerDef, rep: outerRep + 1, itemDef: outerDef + 1, item };
  }
  const nullable = element.repetition_type === 'OPTIONAL';
  return buildPresent(tree, nullable, outerDef + Number(nullable), outerRep);
}

function buildPresent(tree: SchemaTree, nullable: boolean, def: number, rep: number): Node {
  const { element, children } = tree;
  if (children.length === 0 && element.type) {
    const { type: physical, type_length: width = 0 } = element;
    return {
      kind: 'leaf',
      nullable,
      def,
      rep,
      path: tree.path.join('\u0000'),
      rule: leafRule(tree),
      physical,
      width,
    };
  }
  const said = element.logical_type?.type ?? element.converted_type;
  const repeated = children[0];
  const isList = said === 'LIST' || said === 'MAP' || said === 'MAP_KEY_VALUE';
  if (isList && children.length === 1 && repeated?.element.repetition_type === 'REPEATED') {
    const inner = said === 'LIST' ? soleItem(tree, repeated) : undefined;
    const item = inner ? build(inner, def + 1, rep + 1) : buildPresent(repeated, false, def + 1, rep + 1);
    return { kind: 'list', nullable, def, rep: rep + 1, itemDef: def + 1, item };
  }
  const fields = children.map((child): [string, Node] => [child.element.name, build(child, def, rep)]);
  return { kind: 'record', nullable, def, rep, fields };
}

/** The item of a three-level list; older writers put the item where the middle level is. */
function soleItem(list: SchemaTree, repeated: SchemaTree): SchemaTree | undefined {
  const [only] = repeated.children;
  const { name } = repeated.element;
  const twoLevel =
    repeated.children.length !== 1 || name === 'array' || name === `${list.element.name}_tuple`;
  return twoLevel ? undefined : only;
}

function leafRule({ element }: SchemaTree): LeafRule {
  const { type, converted_type: converted, logical_type: logical } = element;
  const said = logical?.type ?? converted;
  const decimal =
    said === 'DECIMAL' ? { scale: element.scale ?? (logical?.type === 'DECIMAL' ? logical.scale : 0) } : {};
  switch (type) {
    case 'BOOLEAN':
      return { to: 'bool' };
    case 'FLOAT':
      return { to: 'float32' };
    case 'DOUBLE':
      return { to: 'float64' };
    case 'INT32':
    case 'INT64': {
      if ('scale' in decimal) return { to: 'float64', ...decimal };
      const bits =
        logical?.type === 'INTEGER'
          ? logical.bitWidth
          : Number(/_(8|16|32|64)$/.exec(converted ?? '')?.[1] ?? 0);
      const unsigned = logical?.type === 'INTEGER' ? !logical.isSigned : (converted ?? '').startsWith('UINT');
      const width = bits || (type === 'INT32' ? 32 : 64);
      return { to: `${unsigned ? 'u' : ''}int${width}` as Primitive };
    }
    case 'BYTE_ARRAY':
      if ('scale' in decimal) throw new Unreadable('decimal numbers cannot be read');
      if (said === 'STRING' || said === 'UTF8' || said === 'ENUM' || said === 'JSON') return { to: 'string' };
      throw new Unreadable(`${said ? said.toLowerCase() : 'binary'} values cannot be read`);
    case 'FIXED_LEN_BYTE_ARRAY':
      if (said === 'FLOAT16') return { to: 'float32', half: true };
      throw new Unreadable(`${said ? said.toLowerCase() : 'binary'} values cannot be read`);
    default:
      throw new Unreadable(`${type ?? 'nameless'} values cannot be read`);
  }
}

/** The type that a node is read as. */
export function typeOfNode(node: Node): DataType {
  const mark = node.nullable ? { nullable: true } : {};
  if (node.kind === 'leaf') return { kind: node.rule.to, ...mark };
  if (node.kind === 'list') return { kind: 'list', item: typeOfNode(node.item), ...mark };
  const fields = node.fields.map(([name, field]) => [name, typeOfNode(field)] as const);
  return { kind: 'record', fields: Object.fromEntries(fields), ...mark };
}

/** The leaves below a node. */
export function leavesOf(node: Node): (Node & { kind: 'leaf' })[] {
  if (node.kind === 'leaf') return [node];
  if (node.kind === 'list') return leavesOf(node.item);
  return node.fields.flatMap(([, field]) => leavesOf(field));
}

/** Makes nodes not nullable where the statistics of all row groups say that nothing is missing. */
export function narrowNode(node: Node, groups: readonly RowGroup[]): void {
  if (node.nullable) {
    const level = node.def - 1;
    node.nullable = !leavesOf(node).some((leaf) =>
      groups.every((group) => {
        const meta = group.columns.find(
          (column) => column.meta_data?.path_in_schema.join('\u0000') === leaf.path,
        )?.meta_data;
        if (!meta) return false;
        if (meta.statistics?.null_count === 0n) return true;
        const counts = meta.size_statistics?.definition_level_histogram;
        return counts !== undefined && counts.length > level && counts[level] === 0n;
      }),
    );
  }
  if (node.kind === 'list') narrowNode(node.item, groups);
  if (node.kind === 'record') for (const [, field] of node.fields) narrowNode(field, groups);
}
