/** Patterns over file names: `*`, `?`, `[a-z]`, `{a,b}` within a folder, `**` for any number of folders. */
import type { FileAccess } from './types.ts';

/** Whether a path has wildcards. */
export function isPattern(path: string): boolean {
  return /[*?[{]/.test(path) && !/^[a-z]+:\/\//i.test(path);
}

const escaped = (char: string) => char.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The pattern of one path segment as a regular expression of the whole name. A leading dot must be written. */
export function segmentPattern(pattern: string): RegExp {
  let out = pattern.startsWith('.') ? '' : '(?!\\.)';
  let depth = 0;
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i]!;
    if (char === '*') out += '[^/]*';
    else if (char === '?') out += '[^/]';
    else if (char === '[' && pattern.indexOf(']', i + 2) > 0) {
      const end = pattern.indexOf(']', i + 2);
      const inside = pattern
        .slice(i + 1, end)
        .replace(/^!/, '^')
        .replace(/[\\[]/g, '\\$&');
      out += `[${inside}]`;
      i = end;
    } else if (char === '{' && pattern.indexOf('}', i) > 0) {
      depth++;
      out += '(?:';
    } else if (char === '}' && depth > 0) {
      depth--;
      out += ')';
    } else if (char === ',' && depth > 0) out += '|';
    else out += escaped(char);
  }
  return new RegExp(`^${out}$`, 'u');
}

/** Files that match an absolute pattern, sorted by path. Slashes only. */
export async function glob(pattern: string, files: FileAccess): Promise<string[]> {
  const parts = pattern.split('/');
  const first = parts.findIndex(isPattern);
  const root = parts.slice(0, first).join('/');
  const found = new Set<string>();

  const walk = async (folder: string, at: number): Promise<void> => {
    const part = parts[at]!;
    const last = at === parts.length - 1;
    if (part !== '**' && !isPattern(part) && !last) return walk(`${folder}/${part}`, at + 1);
    const entries = (await files.list(folder || '/')) ?? [];
    if (part === '**' && !last) await walk(folder, at + 1);
    const matches = part === '**' ? /^[^.]/u : segmentPattern(part);
    for (const entry of entries) {
      if (!matches.test(entry.name)) continue;
      const path = `${folder}/${entry.name}`;
      if (entry.folder) {
        if (part === '**') await walk(path, at);
        else if (!last) await walk(path, at + 1);
      } else if (last) found.add(path);
    }
  };
  await walk(root, first);
  return [...found].sort((a, b) => (a < b ? -1 : 1));
}
