/** An object of a file as plain data: members by name, those of base classes among them. */
export interface Plain {
  /** Its class. */
  '@class': string;
  /** Why it could not be read, when it could not; it then has no members. */
  '@unread'?: string;
  [member: string]: PlainValue | undefined;
}

export type PlainValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Int8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array
  | PlainValue[]
  | Plain;

/** Whether a value is an object of the file. */
export function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && '@class' in value;
}

/** A member that must be a number. */
export function numberOf(plain: Plain, member: string): number | undefined {
  const value = plain[member];
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' ? value : undefined;
}

/** A member that must be text. */
export function textOf(plain: Plain, member: string): string | undefined {
  const value = plain[member];
  return typeof value === 'string' ? value : undefined;
}

/** The objects of a member that is a list, without nulls. */
export function objectsOf(plain: Plain, member: string): Plain[] {
  const value = plain[member];
  const list = isPlain(value) ? value.items : value;
  return Array.isArray(list) ? list.filter(isPlain) : [];
}
