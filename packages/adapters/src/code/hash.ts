/** A hash of a user's code: of the file and of the files beside it that it imports. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';

const JS_IMPORT = /(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g;
const PY_IMPORT = /^[ \t]*(?:from[ \t]+\.?([\w.]+)[ \t]+import|import[ \t]+([\w., \t]+))/gm;

/** Sha-256 over the contents of the file and of every local file it imports, in order of their discovery. */
export function codeHash(path: string): string {
  const hash = createHash('sha256');
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    hash.update(`${text.length}\n`).update(text);
    for (const next of extname(file) === '.py' ? pythonImports(text, file) : jsImports(text, file))
      visit(next);
  };
  visit(resolve(path));
  return hash.digest('hex');
}

function jsImports(text: string, file: string): string[] {
  return [...text.matchAll(JS_IMPORT)].map((match) => resolve(dirname(file), match[1]!)).filter(isFile);
}

function pythonImports(text: string, file: string): string[] {
  const folder = dirname(file);
  return [...text.matchAll(PY_IMPORT)].flatMap((match) => {
    const names = (match[1] ?? match[2]!).split(',').map((name) => name.trim().split(/\s/)[0]!);
    return names.flatMap((name) => {
      const path = join(folder, ...name.split('.'));
      return [`${path}.py`, join(path, '__init__.py')].filter(isFile);
    });
  });
}

const isFile = (path: string) => /\.\w+$/.test(path) && existsSync(path);
