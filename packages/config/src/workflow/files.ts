/** How files are read: the only thing that differs between Node, a browser and tests. Paths have `/`. */
export interface Files {
  /** The text of a file; undefined where there is none. */
  read(path: string): string | undefined;
  /** Paths that match a glob, sorted. */
  list(glob: string): string[];
  exists(path: string): boolean;
  /** The whole path, for messages. */
  absolute?(path: string): string;
}

/** Files held in memory. */
export function memoryFiles(files: Record<string, string>): Files {
  return {
    read: (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
    exists: (path) => Object.hasOwn(files, path),
    list(glob) {
      const rule = globRule(glob);
      return Object.keys(files)
        .filter((path) => rule.test(path))
        .sort();
    },
  };
}

/** A glob as a regular expression: `*` and `?` within one folder, `**` across folders, `{a,b}`, `[abc]`. */
export function globRule(glob: string): RegExp {
  let rule = '';
  let braces = 0;
  for (let at = 0; at < glob.length; at++) {
    const char = glob[at]!;
    if (glob.startsWith('**/', at)) {
      rule += '(?:.*/)?';
      at += 2;
    } else if (glob.startsWith('**', at)) {
      rule += '.*';
      at++;
    } else if (char === '*') rule += '[^/]*';
    else if (char === '?') rule += '[^/]';
    else if (char === '{') {
      braces++;
      rule += '(?:';
    } else if (char === '}' && braces > 0) {
      braces--;
      rule += ')';
    } else if (char === ',' && braces > 0) rule += '|';
    else if (char === '[' && glob.indexOf(']', at + 1) > at) {
      const end = glob.indexOf(']', at + 1);
      const inside = glob
        .slice(at + 1, end)
        .replace(/^!/, '^')
        .replaceAll('\\', '\\\\');
      rule += `[${inside}]`;
      at = end;
    } else rule += char.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
  }
  return new RegExp(`^${braces > 0 ? glob.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&') : rule}$`);
}

export const isGlob = (path: string): boolean => /[*?]|\{.*,.*\}|\[.*\]/.test(path);

/** The folder of a path, `''` for a bare file name. */
export const folderOf = (path: string): string => {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : slash === 0 ? '/' : path.slice(0, slash);
};

/** A path seen from a folder; `.` and `..` are taken out. */
export function joinPath(folder: string, path: string): string {
  const whole = path.startsWith('/') || folder === '' ? path : `${folder}/${path}`;
  const parts: string[] = [];
  for (const part of whole.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part === '..' && whole.startsWith('/')) continue;
    else parts.push(part);
  }
  return (whole.startsWith('/') ? '/' : '') + parts.join('/');
}
