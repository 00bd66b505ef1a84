import type { JsonPointer } from './types.ts';

/** One more step of a JSON pointer. */
export function pointerTo(parent: JsonPointer, key: string | number): JsonPointer {
  const text = String(key);
  return `${parent}/${/[~/]/.test(text) ? text.replaceAll('~', '~0').replaceAll('/', '~1') : text}`;
}

/** The keys of a JSON pointer: `/a/b~1c` gives `['a', 'b/c']`. */
export function pointerKeys(pointer: JsonPointer): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The pointer one step up, undefined for the root. */
export function pointerParent(pointer: JsonPointer): JsonPointer | undefined {
  return pointer === '' ? undefined : pointer.slice(0, pointer.lastIndexOf('/'));
}

/** The value at a pointer in plain data, undefined where there is none. */
export function valueAt(value: unknown, pointer: JsonPointer): unknown {
  let current = value;
  for (const key of pointerKeys(pointer)) {
    if (current === null || typeof current !== 'object' || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}
