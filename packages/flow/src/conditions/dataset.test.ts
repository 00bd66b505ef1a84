import { expect, it } from 'vitest';
import { lines, sound } from '../../testing/problems.ts';
import { checkDatasets } from './index.ts';

it('a word that no dataset has is told, with the nearest', () => {
  const { definition } = sound(
    "tasks:\n  e: {read: f}\n  a: {when: [dataset.kind == 'mc', dataset.era == 1], filter: x}\n  b: {when: dataset.knd == 'mc', filter: x}\n",
  );
  expect(lines(checkDatasets(definition, [{ name: 'a', era: 1 }]))).toEqual([
    "FLOW-W002 4:13 no dataset has the word 'knd', which 'when' of task 'b' asks for (did you mean 'kind'?)",
  ]);
  expect(checkDatasets(definition, [])).toEqual([]);
});

it.each([
  ['dataset.kind > 3', /^FLOW-W001 3:13 .* for dataset 'a'/],
  ['foo(dataset.kind)', /^FLOW-W001 3:13 .*foo/],
  [
    'dataset.era',
    /^FLOW-W004 3:13 'dataset.era' is 1 for dataset 'a', and a condition must be true or false/,
  ],
])('%s cannot be decided', (when, expected) => {
  const { definition } = sound(`tasks:\n  e: {read: f}\n  a: {when: ${when}, filter: x}\n`);
  expect(lines(checkDatasets(definition, [{ name: 'a', kind: 'mc', era: 1 }]))[0]).toMatch(expected);
});
