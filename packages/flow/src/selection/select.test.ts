import { describe, expect, it } from 'vitest';
import { lines } from '../../testing/problems.ts';
import { toyConfig, toyRegistry } from '../../testing/toys.ts';
import { lowerDefinition } from '../keywords/index.ts';
import { readDefault } from '../syntax/default/read.ts';
import type { Selection } from '../types/index.ts';
import { wireTasks } from '../wiring/index.ts';
import { withDependants } from './index.ts';

const registry = toyRegistry();
const written = readDefault(
  toyConfig(`tasks:
  e: {read: f}
  cut: {filter: x}
  h: {tags: [fast], hist: {}}
  fig: {tags: [fast, draw], plot: a.svg}
  late: {tags: [never, slow], filter: y}
  g: {group: {agg: {n: count()}}}
  scan: {matrix: {x: [1, 2]}, filter: v}
`),
  registry,
).definition;
const select = (selection: Selection) =>
  lowerDefinition({ ...written, settings: { ...written.settings, select: selection } }, registry);

describe('a selection', () => {
  const left = (selection: Selection) => {
    const result = select(selection);
    expect(lines(result.problems)).toEqual([]);
    return Object.entries(result.definition.tasks)
      .filter(([, task]) => !task.omitted)
      .map(([name]) => name);
  };

  it.each([
    [{}, ['e', 'cut', 'h', 'fig', 'g', 'scan-1', 'scan-2']],
    [{ tags: ['draw'] }, ['e', 'cut', 'h', 'fig']],
    [{ tags: ['slow'] }, ['e', 'cut', 'late']],
    [{ skipTags: ['draw'] }, ['e', 'cut', 'h', 'g', 'scan-1', 'scan-2']],
    [{ only: ['g'] }, ['e', 'cut', 'g']],
    [{ only: ['f*', 'late'] }, ['e', 'cut', 'h', 'fig', 'late']],
    [{ only: ['scan'] }, ['e', 'cut', 'scan-1', 'scan-2']],
  ])('%j', (selection, expected) => {
    expect(left(selection)).toEqual(expected);
  });

  it.each([
    [{ tags: ['drwa'] }, "FLOW-K006 - --tags drwa: no task has this tag (did you mean 'draw'?)"],
    [{ skipTags: ['zzz'] }, 'FLOW-K006 - --skip-tags zzz: no task has this tag (tags: fast, draw, slow)'],
    [{ only: ['scna'] }, "FLOW-K006 - --only scna: no task of that name (did you mean 'scan'?)"],
  ])('%j matches nothing', (selection, expected) => {
    expect(lines(select(selection).problems)).toEqual([expected]);
  });

  it('what comes after a task', () => {
    expect([...withDependants(['h'], wireTasks(select({}).definition, registry).inputs)]).toEqual([
      'h',
      'fig',
    ]);
  });
});
