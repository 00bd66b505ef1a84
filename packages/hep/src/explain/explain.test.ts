import { expect, test } from 'vitest';
import { explanations } from './index.ts';

test('a page for each code of the ROOT reader', () => {
  expect(Object.keys(explanations)).toEqual(
    Array.from({ length: 10 }, (_, i) => `ROOT-E${String(i + 1).padStart(2, '0')}`),
  );
  for (const { text } of Object.values(explanations)) expect(text).toMatch(/^[A-Z`].*\.$/s);
});
