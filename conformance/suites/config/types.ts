/** Type names of the vectors (`Optional[List[int]]`) as types of the package. */
import { ANY, EnumMember, type EnumType, type StructType, type TypeRef } from '@fasthep/config';
import { decode, type Json, type Types } from './codec.ts';

interface Schema {
  extends?: string[];
  fields: { name: string; type: string; default?: Json; nested?: boolean }[];
}

const enumType = (name: string, members: Record<string, Json>): EnumType => ({
  name,
  members: Object.entries(members).map(([key, value]) => new EnumMember(name, key, value)),
});

/** `A[B, C[D]]` as a tree of names. */
function parseType(text: string, types: Types): TypeRef {
  let at = 0;
  const read = (): TypeRef => {
    const name = /^\s*[\w.]+/.exec(text.slice(at))![0];
    at += name.length;
    const args: TypeRef[] = [];
    if (text[at] === '[') {
      do {
        at++;
        if (text.slice(at).trim().startsWith('...')) at += text.slice(at).indexOf('...') + 3;
        else args.push(read());
      } while (text[at] === ',');
      at++;
    }
    return named(name.trim(), args, types);
  };
  return read();
}

function named(name: string, args: TypeRef[], types: Types): TypeRef {
  switch (name) {
    case 'Any':
      return ANY;
    case 'None':
      return { kind: 'none', optional: true };
    case 'int':
    case 'float':
    case 'bool':
    case 'str':
    case 'bytes':
      return { kind: name, optional: false };
    case 'Path':
      return { kind: 'path', optional: false };
    case 'Optional':
      return { ...args[0]!, optional: true };
    case 'Union': {
      const of = args.filter((one) => one.kind !== 'none');
      const optional = of.length < args.length || of.some((one) => one.optional && one.kind !== 'any');
      return of.length === 1 ? { ...of[0]!, optional } : { kind: 'union', of, optional };
    }
    case 'List':
    case 'list':
      return { kind: 'list', of: args[0] ?? ANY, optional: false };
    case 'Tuple':
    case 'tuple':
      return { kind: 'tuple', of: args[0] ?? ANY, optional: false };
    case 'Dict':
    case 'dict':
      return { kind: 'dict', key: args[0] ?? ANY, of: args[1] ?? ANY, optional: false };
  }
  const of = types.enums.get(name);
  if (of) return { kind: 'enum', of, optional: false };
  const struct = types.structs.get(name);
  if (struct) return { kind: 'struct', of: struct, optional: false };
  throw new Error(`no type is named ${name}`);
}

/** The types that a vector declares. */
export function typesOf(input: {
  schemas?: Record<string, Schema>;
  enums?: Record<string, Record<string, Json>>;
}): Types {
  const types: Types = {
    enums: new Map([
      ['Color', enumType('Color', { RED: 1, GREEN: 2, BLUE: 3 })],
      ['Level', enumType('Level', { low: 'LO', high: 'HI' })],
    ]),
    structs: new Map(),
  };
  for (const [name, members] of Object.entries(input.enums ?? {}))
    types.enums.set(name, enumType(name, members));
  for (const [name, schema] of Object.entries(input.schemas ?? {})) {
    const bases = (schema.extends ?? []).map((base) => types.structs.get(base)!);
    const struct: StructType = { name, bases: [], fields: [] };
    struct.bases = [struct, ...bases.flatMap((base) => base.bases)];
    const fields = new Map(bases.flatMap((base) => base.fields).map((field) => [field.name, field]));
    types.structs.set(name, struct);
    for (const field of schema.fields) {
      const type = parseType(field.type, types);
      const made: StructType['fields'][number] = { name: field.name, type };
      if (field.default !== undefined) made.default = decode(field.default, types);
      else if (field.nested) made.default = decode({ $schema: field.type }, types);
      fields.set(field.name, made);
    }
    struct.fields = [...fields.values()];
  }
  return types;
}

export const typeNamed = (name: string, types: Types): TypeRef => parseType(name, types);
