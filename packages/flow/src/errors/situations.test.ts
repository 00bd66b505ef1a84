/** Broken workflows: the message must stand at the right place (`▶` in the text) and name the fix. */
import { describe, expect, it } from 'vitest';
import { understand } from '../../testing/problems.ts';
import { CODES } from './index.ts';

interface Situation {
  name: string;
  text: string;
  code: string;
  says: RegExp;
  help?: RegExp;
  /** Lines of the other places that are shown. */
  related?: number[];
  files?: Record<string, string>;
}

const situations: Situation[] = [
  {
    name: 'a misspelt keyword',
    text: 'tasks:\n  a: {read: f}\n  x: {filter: y, ▶wehn: True}\n',
    code: 'FLOW-S002',
    says: /unknown key 'wehn' in task 'x'/,
    help: /did you mean 'when'\?/,
  },
  {
    name: 'a misspelt operator',
    text: 'tasks:\n  a: {read: f}\n  x: {▶hsit: {}}\n',
    code: 'FLOW-S003',
    says: /unknown operator 'hsit'/,
    help: /did you mean 'hist' \(pack data\)\?/,
  },
  {
    name: 'two operators',
    text: 'tasks:\n  a: {read: f}\n  x:\n    hist: {}\n    needs: [a]\n    ▶filter: y\n',
    code: 'FLOW-S004',
    says: /task 'x' has two operators: 'hist' \(4:5\) and 'filter' \(6:5\)/,
    help: /split/,
    related: [4],
  },
  {
    name: 'a text used as a condition',
    text: "c: {quick: 'True'}\ntasks:\n  a: {read: f}\n  x: {when: ▶c.quick, filter: y}\n",
    code: 'FLOW-W004',
    says: /'c.quick' is the text 'True'/,
    related: [1],
  },
  {
    name: 'an undefined value',
    text: 'selection: {pt: 1}\ntasks:\n  a: {read: f}\n  x: {filter: "y > ▶${selection.ptt}"}\n',
    code: 'FLOW-C005',
    says: /selection\.ptt/,
    help: /selection\.pt|'pt'/,
  },
  {
    name: 'interpolations in a circle',
    text: 'a: ▶${b}\nb: ${a}\ntasks:\n  x: {read: "${a}"}\n',
    code: 'FLOW-C006',
    says: /a.*->.*b.*->.*a/,
  },
  {
    name: 'extends in a circle',
    text: 'tasks:\n  a: {read: f}\n  _b: {extends: ▶_c}\n  _c: {extends: _b}\n  x: {extends: _b, filter: y}\n',
    code: 'FLOW-K002',
    says: /_b \(3:17\) -> _c \(4:17\) -> _b/,
    related: [3, 4],
  },
  {
    name: 'an unknown template',
    text: 'include: [lib.yaml]\ntasks:\n  a: {read: f}\n  x: {extends: ▶_mas}\n',
    files: { 'lib.yaml': 'tasks:\n  _mass: {hist: {}}\n' },
    code: 'FLOW-K001',
    says: /'x' extends '_mas'/,
    help: /did you mean '_mass'\?.*lib\.yaml/,
  },
  {
    name: 'a tab',
    text: 'tasks:\n▶\ta: {read: f}\n',
    code: 'FLOW-C001',
    says: /tab/i,
  },
  {
    name: 'a key twice',
    text: 'tasks:\n  a: {read: f}\n  x: {filter: y}\n  ▶a: {read: g}\n',
    code: 'FLOW-C002',
    says: /'a'/,
    related: [2],
  },
  {
    name: 'a colon in a text',
    text: 'tasks:\n  a: {read: f}\n  x:\n    filter: ▶y: z: 3\n',
    code: 'FLOW-C001',
    says: /./,
    help: /quote/,
  },
  {
    name: 'a condition with a slip, inside the original expression',
    text: 'c: {year: 2018}\ntasks:\n  a: {read: f}\n  x: {rules: [{if: c.year ▶= 2018}], filter: y}\n',
    code: 'FLOW-W001',
    says: /./,
    help: /==|!=/,
  },
  {
    name: 'an unknown need',
    text: 'tasks:\n  events: {read: f}\n  x: {needs: [▶evnts], filter: y}\n',
    code: 'FLOW-N001',
    says: /task 'x' needs 'evnts'/,
    help: /did you mean 'events'\?/,
  },
  {
    name: 'a need that rules leave out',
    text: 'c: {q: false}\ntasks:\n  e: {read: f}\n  n: {rules: [{if: c.q}], group: {agg: {n: count()}}}\n  x: {needs: [▶n], write: n.csv}\n',
    code: 'FLOW-N006',
    says: /'n', which is left out of this run \(none of its rules matches\)/,
    help: /optional: true/,
    related: [4],
  },
  {
    name: 'needs in a circle',
    text: 'tasks:\n  e: {read: f}\n  a: {needs: [▶b], filter: y}\n  b: {needs: [a], filter: y}\n',
    code: 'FLOW-N005',
    says: /a -> b -> a/,
    related: [3, 4],
  },
  {
    name: 'a parameter of the wrong type',
    text: 'include:\n  - {file: t.yaml, with: {level: ▶high}}\ntasks:\n  a: {read: f}\n',
    files: { 't.yaml': 'params:\n  level: {type: int}\ntasks:\n  _t: {read: "f${params.level}"}\n' },
    code: 'FLOW-C018',
    says: /level/,
  },
  {
    name: 'a parameter that is not among its options',
    text: 'include:\n  - {file: t.yaml, with: {level: ▶high}}\ntasks:\n  a: {read: f}\n',
    files: {
      't.yaml':
        'params:\n  level: {type: string, options: [low, medium]}\ntasks:\n  _t: {read: "f${params.level}"}\n',
    },
    code: 'FLOW-C018',
    says: /high|level/,
    help: /low.*medium/,
  },
  {
    name: 'an include that is not there',
    text: 'include: [▶nope.yaml]\ntasks:\n  a: {read: f}\n',
    code: 'FLOW-C017',
    says: /nope\.yaml/,
  },
  {
    name: 'an include that matches nothing',
    text: 'include: [▶"parts/*.yaml"]\ntasks:\n  a: {read: f}\n',
    code: 'FLOW-C017',
    says: /parts\/\*\.yaml/,
  },
  {
    name: 'a task with the name of a keyword',
    text: 'tasks:\n  ▶stages: {read: f}\n',
    code: 'FLOW-S008',
    says: /reserved word/,
  },
  {
    name: 'a misspelt section',
    text: '▶taks:\n  a: {read: f}\n',
    code: 'FLOW-S006',
    says: /'taks'/,
    help: /did you mean 'tasks'\?/,
  },
  {
    name: 'a section that nothing refers to',
    text: '▶selektion: {pt: 1}\ntasks:\n  a: {read: f}\n',
    code: 'FLOW-S006',
    says: /nothing refers to the section 'selektion'/,
  },
  {
    name: 'a misspelt argument',
    text: 'tasks:\n  a: {read: f}\n  s: {sort: {by: [x], ▶limt: 3}}\n',
    code: 'FLOW-A002',
    says: /'sort' has no argument 'limt'/,
    help: /did you mean 'limit'\?/,
  },
  {
    name: 'a missing argument',
    text: 'tasks:\n  a: {read: f}\n  h: {hist: {x: ▶{bins: [1, 2, 3]}}}\n',
    code: 'FLOW-A003',
    says: /'x' needs 'field'/,
  },
  {
    name: 'an argument of the wrong kind, deep inside',
    text: 'tasks:\n  a: {read: f}\n  h: {hist: {x: {field: m, bins: ▶sixty}}}\n',
    code: 'FLOW-A001',
    says: /'bins' must be a list, not the text 'sixty'/,
    help: /\[60,0,120\]/,
  },
  {
    name: 'an argument of the wrong kind that came from elsewhere',
    text: 'axis: {bins: many}\ntasks:\n  a: {read: f}\n  h: {hist: {x: {field: m, bins: ▶"${axis.bins}"}}}\n',
    code: 'FLOW-A001',
    says: /'bins' must be a list, not the text 'many'/,
    related: [1],
  },
  {
    name: 'a misspelt choice',
    text: 'tasks:\n  a: {read: f}\n  h: {hist: {storage: ▶cuont}}\n',
    code: 'FLOW-A001',
    says: /'storage' must be 'weighted', 'count' or 'mean'/,
    help: /did you mean 'count'\?/,
  },
  {
    name: 'a misspelt need inside a need',
    text: 'tasks:\n  a: {read: f}\n  h: {needs: [{task: a, ▶optinal: true}], hist: {}}\n',
    code: 'FLOW-N008',
    says: /unknown key 'optinal'/,
    help: /did you mean 'optional'\?/,
  },
  {
    name: 'a column in when',
    text: 'tasks:\n  a: {read: f}\n  h: {when: ▶Muon.pt > 25, hist: {}}\n',
    code: 'FLOW-W003',
    says: /'Muon.pt' is not config, a dataset's word or a result of a task/,
    help: /filter/,
  },
  {
    name: 'an unknown result in a scale',
    text: 'tasks:\n  a: {read: f}\n  generated: {group: {agg: {w: sum(x)}}}\n  h: {hist: {}}\n  m: {merge: {scale: 3 / ▶genrated.w}}\n',
    code: 'FLOW-W002',
    says: /'genrated.w' is not config/,
    help: /did you mean 'generated'/,
  },
  {
    name: 'a function without an end',
    text: 'functions:\n  ▶mt(a: sqrt(a)\ntasks:\n  a: {read: f}\n',
    code: 'FLOW-K009',
    says: /not the head of a function/,
  },
  {
    name: 'a later stage',
    text: 'stages: [one, two]\ntasks:\n  a: {stage: two, read: f}\n  x: {stage: one, needs: [▶a], filter: y}\n',
    code: 'FLOW-K007',
    says: /later stage/,
  },
  {
    name: 'a stage that is not declared',
    text: 'stages: [select, plot]\ntasks:\n  a: {stage: ▶selct, read: f}\n',
    code: 'FLOW-K007',
    says: /'selct'/,
    help: /did you mean 'select'\?/,
  },
  {
    name: 'a version to come',
    text: 'version: ▶7\ntasks:\n  a: {read: f}\n',
    code: 'FLOW-K008',
    says: /version 7/,
  },
  {
    name: 'an unknown keyword in default',
    text: 'default: {▶retyr: 1}\ntasks:\n  a: {read: f}\n',
    code: 'FLOW-S002',
    says: /unknown key 'retyr' in 'default'/,
    help: /did you mean 'retry'\?/,
  },
  {
    name: 'an unknown operator in default.ops',
    text: 'default: {ops: {▶hsit: {storage: count}}}\ntasks:\n  a: {read: f}\n',
    code: 'FLOW-S003',
    says: /unknown operator 'hsit'/,
    help: /'hist'/,
  },
];

describe('broken workflows', () => {
  it.each(situations.map((one) => [one.name, one] as const))('%s', (_name, situation) => {
    const mark = situation.text.indexOf('▶');
    const before = situation.text.slice(0, mark).split('\n');
    const { problems } = understand(situation.text.replace('▶', ''), [], situation.files);
    const found = problems.find((one) => one.code === situation.code);
    expect(found, JSON.stringify(problems, null, 1)).toBeDefined();
    expect(found!.message).toMatch(situation.says);
    if (situation.help) expect(found!.help ?? '').toMatch(situation.help);
    const { line, column, file } = found!.origin!;
    expect(`${file}:${line}:${column}`).toBe(`flow.yaml:${before.length}:${before.at(-1)!.length + 1}`);
    if (situation.related)
      expect(found!.related?.map(({ origin }) => origin.line)).toEqual(situation.related);
    // Nothing that only follows from it. What YAML makes of a broken text is its own affair.
    if (situation.code !== 'FLOW-C001') expect(problems).toHaveLength(1);
  });

  it('every code that is used has its page', () => {
    for (const { code } of situations) expect(CODES).toHaveProperty(code);
  });
});
