import { describe, expect, it } from 'vitest';
import { lines, reads, sound, understand } from '../../../testing/problems.ts';

const fit = `tasks:
  e: {read: f}
  cut: {filter: x > 1}
  fit:
    timeout: 1h
    block:
      prepare: {define: {y: x}}
      precise: {group: {agg: {n: count()}}}
      save: {needs: [precise], write: n.csv}
      last: {needs: [precise], python: {call: "a.py:f"}}
    rescue:
      simple: {group: {agg: {n: count()}}}
    always:
      log: {needs: [cut], write: in.csv}
  after: {needs: [fit], write: fit.json}
  part: {needs: [fit.precise], write: part.json}
  h: {hist: {}}
  say: {needs: [], when: fit.n > 3, shell: echo}
`;

describe('block', () => {
  it('is tasks of the workflow, with guards, and a choice under its name', () => {
    const { definition } = sound(fit);
    expect(Object.keys(definition.tasks)).toEqual([
      'e',
      'cut',
      'fit.prepare',
      'fit.precise',
      'fit.save',
      'fit.last',
      'fit.simple',
      'fit.log',
      'fit',
      'after',
      'part',
      'h',
      'say',
    ]);
    expect(definition.tasks['fit.precise']!.control).toEqual({ timeout: '1h' });
    expect(definition.tasks['fit.simple']!.guards).toEqual([
      { when: 'failed', tasks: ['fit.prepare', 'fit.precise', 'fit.save', 'fit.last'], rescue: true },
    ]);
    expect(definition.tasks['fit.log']!.guards).toMatchObject([{ when: 'ended' }]);
    expect(definition.tasks.fit).toMatchObject({ operator: 'core.select' });
  });

  it('has a stream of its own; rescue begins where the block began', () => {
    expect(reads(sound(fit)).slice(2)).toEqual([
      'fit.prepare <- rows:cut.rows',
      'fit.precise <- rows:fit.prepare.rows',
      'fit.save <- product:fit.precise.table',
      'fit.last <- input:fit.precise.table',
      'fit.simple <- rows:cut.rows, after fit.prepare, after fit.precise, after fit.save, after fit.last',
      'fit.log <- product:cut.rows, after fit.prepare, after fit.precise, after fit.save, after fit.last, after fit.simple',
      'fit <- from?:fit.last.result, from?:fit.simple.table',
      'after <- product:fit.result',
      'part <- product:fit.precise.table',
      'h <- rows:fit.prepare.rows',
      'say <- when!:fit.result',
    ]);
  });

  it('without rescue its name is that of its last task, and its rows flow on', () => {
    const text =
      'tasks:\n  e: {read: f}\n  mu:\n    block:\n      a: {define: {y: x}}\n      b: {filter: y}\n    always:\n      c: {hist: {}}\n  h: {hist: {}}\n  g: {needs: [mu], hist: {}}\n  k: {needs: [mu.a], hist: {}}\n';
    expect(reads(sound(text))).toEqual([
      'e <-',
      'mu.a <- rows:e.rows',
      'mu.b <- rows:mu.a.rows',
      'mu.c <- rows:e.rows, after mu.a, after mu.b',
      'h <- rows:mu.b.rows',
      'g <- rows:mu.b.rows',
      'k <- rows:mu.a.rows',
    ]);
  });

  it('may hold blocks, extend templates and have a matrix', () => {
    const text =
      'tasks:\n  e: {read: f}\n  _n: {group: {agg: {n: count()}}}\n  o:\n    matrix: {x: [1, 2]}\n    block:\n      i: {block: {p: {filter: "v > ${matrix.x}"}, q: {extends: _n}}, rescue: {r: {extends: _n}}}\n      z: {needs: [i], write: "z_{x}.csv"}\n';
    const { definition, inputs } = sound(text);
    expect(Object.keys(definition.tasks)).toEqual([
      'e',
      ...['o.i.p', 'o.i.q', 'o.i.r', 'o.i', 'o.z'].flatMap((name) => [`${name}-1`, `${name}-2`]),
    ]);
    expect(inputs['o.z-2']).toEqual([{ port: 'product', task: 'o.i-2', output: 'result' }]);
    expect(definition.tasks['o.i.p-2']!.args).toEqual({ expr: 'v > 2' });
  });

  it.each([
    [
      'fit: {block: {a: {needs: [fit], filter: x}}}',
      "FLOW-K005 3:29 a task of block 'fit' needs the block itself (name the task of the block that is meant)",
    ],
    [
      'fit: {block: {a: {filter: x}}, hist: {}}',
      "FLOW-K005 3:34 task 'fit' has a block and the operator 'hist' (a block has no operator of its own: make it one of its tasks)",
    ],
    [
      'fit: {filter: x, rescue: {a: {filter: x}}}',
      "FLOW-K005 3:20 task 'fit' has 'rescue' without a block (put its task into 'block: {name: ...}')",
    ],
    [
      'fit: {block: {a: {fliter: x}}}',
      "FLOW-S003 3:21 unknown operator 'fliter' in task 'a' (did you mean 'filter' (pack data)?)",
    ],
    [
      'fit: {block: {a: {filter: x, retry: no}}}',
      "FLOW-S012 3:39 'retry' must be a whole number or a map, not the text 'no' (for example retry: 2)",
    ],
    [
      'fit: {block: [a]}',
      "FLOW-S010 3:17 a task must be a map, not the text 'a' (- {name: select, filter: 'x > 1'})",
    ],
  ])('%s', (row, expected) => {
    expect(lines(understand(`tasks:\n  e: {read: f}\n  ${row}\n`).problems)).toContain(expected);
  });
});
