import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { explanations } from './index.ts';

test('every code of this package has a page of whole sentences, and no page is left over', () => {
  const root = join(import.meta.dirname, '..');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const used = new Set<string>();
  for (const file of files.filter((one) => /(?<!\.test)\.ts$/.test(one) && !one.startsWith('explain')))
    for (const [, code] of readFileSync(join(root, file), 'utf8').matchAll(/'(adapt\.[a-z-]+)'/g))
      used.add(code!);
  expect(Object.keys(explanations)).toEqual([...used].sort());
  for (const { text } of Object.values(explanations)) expect(text).toMatch(/^[A-Z`].*\.$/s);
});
