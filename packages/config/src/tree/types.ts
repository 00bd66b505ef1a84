import type { EnumMember } from '../value/scalar.ts';

/** A named enumeration that fields may be declared with. */
export interface EnumType {
  name: string;
  members: EnumMember[];
}

/** A declared record: the fields a map must have and no others. */
export interface StructType {
  name: string;
  /** Own and inherited types, itself included. */
  bases: StructType[];
  fields: { name: string; type: TypeRef; default?: unknown }[];
}

/** The declared type of a node. */
export type TypeRef = { optional: boolean } & (
  | { kind: 'any' | 'int' | 'float' | 'bool' | 'str' | 'bytes' | 'path' | 'none' }
  | { kind: 'enum'; of: EnumType }
  | { kind: 'list'; of: TypeRef }
  | { kind: 'tuple'; of: TypeRef }
  | { kind: 'dict'; key: TypeRef; of: TypeRef }
  | { kind: 'struct'; of: StructType }
  | { kind: 'union'; of: TypeRef[] }
);

/** No declaration: anything goes. */
export const ANY: TypeRef = Object.freeze({ kind: 'any', optional: true });

/** How a type is called in messages. */
export function typeText(type: TypeRef): string {
  const bare = (): string => {
    switch (type.kind) {
      case 'any':
        return 'Any';
      case 'path':
        return 'Path';
      case 'none':
        return 'NoneType';
      case 'enum':
      case 'struct':
        return type.of.name;
      case 'list':
        return `List[${typeText(type.of)}]`;
      case 'tuple':
        return `Tuple[${typeText(type.of)}]`;
      case 'dict':
        return `Dict[${typeText(type.key)}, ${typeText(type.of)}]`;
      case 'union':
        return `Union[${type.of.map(typeText).join(', ')}]`;
      default:
        return type.kind;
    }
  };
  return type.optional && type.kind !== 'any' && type.kind !== 'none' ? `Optional[${bare()}]` : bare();
}

/** Types whose nodes are leaves. */
export function isLeafType(type: TypeRef): boolean {
  return ['int', 'float', 'bool', 'str', 'bytes', 'path', 'enum'].includes(type.kind);
}
