import { expect, it } from 'vitest';
import { lines, sound } from '../../testing/problems.ts';
import { checkDatasetWords } from './index.ts';

it('a word that no dataset has is told, with the nearest', () => {
  const { definition } = sound(
    "tasks:\n  e: {read: f}\n  a: {when: [dataset.kind == 'mc', dataset.era == 1], filter: x}\n  b: {when: dataset.knd == 'mc', filter: x}\n",
  );
  expect(lines(checkDatasetWords(definition, [{ name: 'a', era: 1 }]))).toEqual([
    "FLOW-W002 4:13 no dataset has the word 'knd', which 'when' of task 'b' asks for (did you mean 'kind'?)",
  ]);
  expect(checkDatasetWords(definition, [])).toEqual([]);
});
