import { expect, it } from 'vitest';
import { sound } from '../../testing/problems.ts';
import type { Problem } from '../types/problem.ts';
import { withBelonging } from './belongs.ts';

const { definition } = sound(
  'campaign: {cut: 3, on: true}\ntasks:\n  e: {read: f}\n  g: {when: campaign.on, group: {agg: {n: count()}}}\n  x: {filter: n > campaign.cut + g.n + Muon}\n',
);
const problem: Problem = { code: 'unknown-name', message: 'm', help: 'h' };

it.each([
  ['campaign.cut', /'campaign' is config, pasted as \$\{campaign\.cut\}/],
  ['g.n', /'g' is a task: results are for conditions/],
  ['Muon', /^h$/],
])('%s', (name, expected) => {
  const text = 'n > campaign.cut + g.n + Muon';
  const at = text.indexOf(name);
  expect(withBelonging(problem, definition, 'x', ['expr'], [at, at + name.length]).help).toMatch(expected);
});
