import { describe, expect, it } from 'vitest';
import { lines, sound, understand } from '../../../testing/problems.ts';
import { decideWhen } from '../../conditions/index.ts';

const head =
  'campaign: {quick: false, year: 2018, name: \'no\'}\ntasks:\n  rows: {read: f, tags: ["${campaign.year}x"]}\n';
const withWhen = (when: string) => `${head}  x: {when: ${when}, filter: y}\n`;

describe('when', () => {
  it('is decided where config alone decides it', () => {
    const task = (when: string) => sound(withWhen(when)).definition.tasks.x!;
    expect(task('campaign.year == 2018').control).toEqual({});
    expect(task('campaign.quick').omitted).toEqual({
      reason: "'campaign.quick' is false",
      place: '/tasks/x/control/when',
    });
    expect(task('never').omitted).toMatchObject({ reason: 'when: never' });
    expect(task('always')).toMatchObject({ control: {}, guards: [{ when: 'ended', word: true }] });
    expect(task('on_success').control).toEqual({});
    expect(task("dataset.kind == 'mc'").control).toEqual({ when: "dataset.kind == 'mc'" });
    expect(task("[campaign.quick, dataset.kind == 'mc']").omitted).toMatchObject({
      reason: "'campaign.quick' is false",
    });
    expect(task("campaign.quick and dataset.kind == 'mc'").omitted).toBeDefined();
  });

  it.each([
    [
      'manual',
      "FLOW-W006 4:13 'when: manual' has no meaning here (use 'tags: [never, x]', and ask for it with '--tags x')",
    ],
    [
      'campain.quick',
      "FLOW-W002 4:13 'campain.quick' is not config, a dataset's word or a result of a task (did you mean 'campaign'? (a condition on rows stands in 'filter' or 'cutflow'))",
    ],
    ['campaign.quik', "FLOW-W002 4:13 there is no 'quik' in 'campaign' (did you mean 'campaign.quick'?)"],
    [
      'Muon.pt > 25',
      "FLOW-W003 4:13 'Muon.pt' is not config, a dataset's word or a result of a task (a condition on rows stands in 'filter' or 'cutflow'; 'when' is about the whole task)",
    ],
    [
      'campaign.year',
      "FLOW-W004 4:13 'campaign.year' is 2018, and a condition must be true or false (compare it with something, or write true or false where it is set)",
    ],
    ['campaign.year = 2018', expect.stringMatching(/^FLOW-W001 4:27 /)],
    ['campaign.year == 2018 && campaign.quick', expect.stringMatching(/^FLOW-W001 4:35 /)],
    ['3', "FLOW-S012 4:13 'when' must be a condition, not 3 (for example when: \"dataset.kind == 'mc'\")"],
  ])('%s', (when, expected) => {
    expect(lines(understand(withWhen(when)).problems)[0]).toEqual(expected);
  });

  it('a text is no condition, and where it was written is told', () => {
    const { problems } = understand(withWhen('campaign.name'));
    expect(lines(problems)).toEqual([
      "FLOW-W004 4:13 'campaign.name' is the text 'no', and a condition must be true or false (compare it with something, or write true or false where it is set)",
    ]);
    expect(problems[0]!.related).toMatchObject([{ origin: { line: 1, column: 44 } }]);
  });

  it('the caret stands inside a folded text', () => {
    const { problems } = understand(
      `${head}  x:\n    when: >-\n      campaign.quick\n      and Muon.pt > 3\n    filter: y\n`,
    );
    expect(problems[0]).toMatchObject({ code: 'FLOW-W003', origin: { line: 7, column: 11, endColumn: 18 } });
  });
});

describe('decideWhen', () => {
  const known = { a: { b: true, c: false }, dataset: { kind: 'mc' } };
  it.each([
    ['a.b', true],
    ['a.c or fit.ok', 'late'],
    ['a.b or fit.ok', true],
    ['fit.ok and a.c', false],
    ['not fit.ok', 'late'],
    ["dataset.kind in ['mc', 'data']", true],
    ['dataset.other is None', true],
    ["dataset.other == 'x'", false],
    [['a.b', 'fit.ok'], 'late'],
    [['a.c', 'fit.ok'], false],
    [true, true],
    ['on_failure', 'late'],
    ['never', false],
  ])('%j gives %j', (when, expected) => {
    expect(decideWhen(when, known)).toBe(expected);
  });
});
