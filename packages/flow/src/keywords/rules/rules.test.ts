import { describe, expect, it } from 'vitest';
import { lines, sound, understand } from '../../../testing/problems.ts';

const head = 'c: {quick: true, year: 2018}\ntasks:\n';
const task = (rules: string, more = '') => {
  const text =
    `${head}  a: {read: f, rules: ${rules}${more}}\n  b: {needs: [], read: "\${c.year}"}\n`.replace(
      'read: "${c.year}"',
      'read: "f${c.year}"',
    );
  return sound(text).definition.tasks.a!;
};

describe('rules', () => {
  it('the first match decides', () => {
    expect(
      task(
        '[{if: c.year == 1, with: {rows: [0, 1]}}, {if: c.quick, with: {rows: [0, 2]}}, {with: {rows: [0, 3]}}]',
      ).args,
    ).toEqual({
      files: 'f',
      rows: [0, 2],
    });
    expect(task('[{if: [c.quick, c.year == 2018], when: always}]').guards).toMatchObject([{ when: 'ended' }]);
    expect(task('[{if: not c.quick}]').omitted).toEqual({
      reason: 'none of its rules matches',
      place: '/tasks/a/control/rules',
    });
    expect(task('[{if: c.quick, when: never}, {}]').omitted).toMatchObject({
      reason: 'its rule 1 says never',
    });
    expect(task('[{if: c.quick, allow_failure: true}]').control).toEqual({ allow_failure: true });
  });

  it('become one condition where the dataset decides', () => {
    const when = (rules: string) => task(rules).control.when;
    expect(when("[{if: dataset.kind == 'mc'}, {if: dataset.x == 1}]")).toBe(
      "((dataset.kind == 'mc')) or (not ((dataset.kind == 'mc')) and (dataset.x == 1))",
    );
    expect(when("[{if: dataset.kind == 'mc', when: never}, {if: c.quick}]")).toBe(
      "(not ((dataset.kind == 'mc')) and True)",
    );
  });

  it.each([
    ["[{if: dataset.kind == 'mc', with: {rows: [0, 1]}}]", '', 'FLOW-W007'],
    ['[{if: c.quick}]', ', when: c.quick', 'FLOW-W005'],
    ['[{if: b.n > 3}]', '', 'FLOW-W007'],
    ['[{iff: c.quick}]', '', 'FLOW-S012'],
    ['[{if: c.quik}]', '', 'FLOW-W002'],
    ['[{if: c.quick, when: manual}]', '', 'FLOW-S012'],
  ])('%s%s is %s', (rules, more, code) => {
    const text = `${head}  a: {read: f, rules: ${rules}${more}}\n  b: {needs: [], group: {agg: {n: count()}}}\n`;
    expect(lines(understand(text).problems).map((line) => line.split(' ')[0])).toContain(code);
  });
});
