import { describe, expect, it } from 'vitest';
import { lines, sound, understand } from '../../testing/problems.ts';
import { toyCore, toyPack, toyRegistry } from '../../testing/toys.ts';
import { createRegistry } from '../registry/registry.ts';
import type { Extension } from '../types/index.ts';
import { shippedExtensions } from './index.ts';

const wrong = (text: string, overrides: string[] = []) => lines(understand(text, overrides).problems);

describe('keywords are extensions', () => {
  it.each(shippedExtensions.map((one) => one.keyword))(
    'without %s it is unknown, and nothing else breaks',
    (keyword) => {
      const kept = shippedExtensions.filter((one) => one.keyword !== keyword);
      const registry = createRegistry([{ ...toyCore, extensions: kept }, toyPack]);
      const text =
        'tasks:\n  rows: {read: a.csv}\n  cut: {filter: x > 1}\n  h: {hist: {x: {field: x, bins: [2, 0, 1]}}}\n';
      expect(lines(understand(text, [], {}, registry).problems)).toEqual([]);
      const used = shippedExtensions.find((one) => one.keyword === keyword)!;
      const with_ =
        used.at === 'task' ? `${text}  z: {${keyword}: 1, filter: x}\n` : `${keyword}: 1\n${text}`;
      expect(lines(understand(with_, [], {}, registry).problems)).toMatchObject([
        expect.stringMatching(/FLOW-S00[269] .*(unknown key|has no meaning|nothing refers)/),
      ]);
    },
  );

  it("a third party's is written the same way", () => {
    const twice: Extension = {
      keyword: 'twice',
      at: 'task',
      doc: 'Runs the filter on twice the value.',
      schema: { type: 'boolean' },
      order: 55,
      lower: (definition) => ({
        definition: {
          ...definition,
          tasks: Object.fromEntries(
            Object.entries(definition.tasks).map(([name, task]) => {
              const { twice: used, ...control } = task.control;
              return [name, used ? { ...task, control, args: { expr: '2 * x > 1' } } : task];
            }),
          ),
        },
        problems: [],
      }),
    };
    const registry = toyRegistry({ name: 'mine', extensions: [twice] });
    const text = 'tasks:\n  rows: {read: a.csv}\n  cut: {twice: true, filter: x > 1}\n';
    expect(understand(text, [], {}, registry).definition.tasks.cut).toMatchObject({
      args: { expr: '2 * x > 1' },
      control: {},
    });
    expect(lines(understand(text.replace('true', 'yes'), [], {}, registry).problems)).toEqual([
      "FLOW-S012 3:16 'twice' must be true or false, not the text 'yes'",
    ]);
  });
});

describe('values of keywords', () => {
  it.each([
    [
      'retry: often',
      "FLOW-S012 3:14 'retry' must be a whole number or a map, not the text 'often' (for example retry: 2)",
    ],
    ['retry: {max: 2, wen: [io]}', "FLOW-S012 3:23 unknown key 'wen' in 'retry' (did you mean 'when'?)"],
    [
      'retry: {max: 2, when: [oi]}',
      "FLOW-S012 3:30 item 1 of 'when' must be 'io', 'timeout', 'lost' or 'any', not the text 'oi' (did you mean 'io'?)",
    ],
    [
      'timeout: 30',
      "FLOW-S012 3:16 'timeout' must be a duration such as '90s', '30m' or '1h30m', not 30 (for example timeout: \"30m\")",
    ],
    [
      'tags: publish',
      'FLOW-S012 3:13 \'tags\' must be a list of texts, not the text \'publish\' (for example tags: ["never","publish"])',
    ],
    [
      'allow_failure: sometimes',
      "FLOW-S012 3:22 'allow_failure' must be true or false, not the text 'sometimes'",
    ],
    ['cache: 3', "FLOW-S012 3:14 'cache' must be true or false, not 3"],
    [
      'resources: {cpu: 3}',
      "FLOW-S012 3:19 unknown key 'cpu' in 'resources' (did you mean 'cpus' or 'gpu'?)",
    ],
  ])('%s', (keyword, expected) => {
    expect(wrong(`tasks:\n  a: {read: f}\n  b: {${keyword}, filter: x}\n`)).toEqual([expected]);
  });

  it('after interpolation the place of the value is told, too', () => {
    const { problems } = understand('s: {n: many}\ntasks:\n  a: {read: f, retry: "${s.n}"}\n');
    expect(lines(problems)).toEqual([
      "FLOW-S012 3:23 'retry' must be a whole number or a map, not the text 'many' (for example retry: 2)",
    ]);
    expect(problems[0]!.related).toMatchObject([
      { message: 'the value was written here', origin: { line: 1, column: 8 } },
    ]);
  });
});

describe('the order in which things are merged', () => {
  it('default.ops < default < extends < task < rules.with < command line', () => {
    const text = `campaign: {quick: true}
default: {retry: 1, timeout: 1m, ops: {hist: {storage: count, weight: a, y: {field: d}}}}
tasks:
  rows: {read: f}
  _base: {timeout: 2m, hist: {weight: b, x: {field: x, bins: [1, 2, 3]}}}
  h:
    extends: _base
    hist: {x: {bins: [4, 5, 6], label: t}}
    rules: [{if: campaign.quick, with: {x: {label: w}}}]
`;
    const { definition } = sound(text, ['tasks.h.hist.x.bins=[7,8,9]']);
    expect(definition.tasks.h).toMatchObject({
      args: {
        storage: 'count',
        weight: 'b',
        y: { field: 'd' },
        x: { field: 'x', bins: [7, 8, 9], label: 'w' },
      },
      control: { retry: 1, timeout: '2m' },
    });
    expect(Object.keys(definition.tasks)).toEqual(['rows', 'h']);
    const line = (path: string) => definition.origins[`/tasks/h/${path}`]?.line;
    expect([
      line('args/storage'),
      line('args/weight'),
      line('args/x/label'),
      line('control/timeout'),
    ]).toEqual([2, 5, 9, 5]);
    expect(definition.origins['/tasks/h/args/x/bins']).toMatchObject({ word: 'tasks.h.hist.x.bins=[7,8,9]' });
  });
});
