import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { explanations } from './index.ts';

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'explain') yield* sources(path);
    } else if (/(?<!\.test)\.ts$/.test(entry.name)) yield readFileSync(path, 'utf8');
  }
}

test('every code of this package has a page, and no page is left over', () => {
  const used = new Set<string>();
  for (const text of sources(join(import.meta.dirname, '..')))
    for (const [, code] of text.matchAll(/'(data\.[a-z-]+)'/g)) used.add(code!);
  const pages = Object.keys(explanations).filter((code) => code.startsWith('data.'));
  expect(pages.sort()).toEqual([...used].sort());
});

test('pages are whole sentences', () => {
  for (const { title, text } of Object.values(explanations)) {
    expect(title).toMatch(/^[a-zà-ÿ`]/);
    expect(text).toMatch(/^[A-Z`].*\.$/s);
  }
});
