import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { referencePages } from '../scripts/reference.ts';

test.each(Object.entries(referencePages()))(
  'docs/reference/%s is what the packs say (npm run docs)',
  (name, text) => {
    expect(readFileSync(resolve(import.meta.dirname, '../docs/reference', name), 'utf8')).toBe(text);
  },
);
