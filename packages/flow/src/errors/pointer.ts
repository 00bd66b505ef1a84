/** One step of a JSON pointer: `a/b` gives `/a~1b`. */
export function step(key: string | number): string {
  const text = String(key);
  return `/${/[~/]/.test(text) ? text.replaceAll('~', '~0').replaceAll('/', '~1') : text}`;
}

/** A JSON pointer (RFC 6901) from keys: `pointer('tasks', 'a b', 0)` gives `/tasks/a b/0`. */
export function pointer(...keys: readonly (string | number)[]): string {
  return keys.map(step).join('');
}

/** The keys of a JSON pointer. */
export function keysOf(path: string): string[] {
  return path === ''
    ? []
    : path
        .slice(1)
        .split('/')
        .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The pointer one step up, undefined for the root. */
export function parentOf(path: string): string | undefined {
  return path === '' ? undefined : path.slice(0, path.lastIndexOf('/'));
}
