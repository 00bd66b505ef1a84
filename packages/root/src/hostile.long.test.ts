import { expect, it } from 'vitest';
import { readEverything } from './testing/everything.ts';
import { mutated, randomOf } from './testing/mutate.ts';
import { vector, vectorNames } from './testing/vectors.ts';

const names = vectorNames(60_000);
const rounds = Math.ceil(20_000 / names.length);

it.each(names)('%s survives thousands of changes', async (name) => {
  const bytes = vector(name);
  const codes = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    const { errors } = await readEverything(mutated(bytes, randomOf(round * 7919 + name.length)));
    for (const { code } of errors) codes.add(code);
    expect(performance.now() - start, `round ${round}`).toBeLessThan(10_000);
  }
  expect(codes.size).toBeGreaterThan(1);
});
