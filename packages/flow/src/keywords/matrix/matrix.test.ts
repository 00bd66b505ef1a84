import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lines, reads, sound, understand } from '../../../testing/problems.ts';
import { expandMatrix } from './expand.ts';

const tasks = (...rows: string[]) =>
  `cuts: [20, 30]\ntasks:\n  e: {read: "f\${cuts}"}\n${rows.map((row) => `  ${row}\n`).join('')}`.replace(
    '${cuts}',
    '',
  );
const used = (...rows: string[]) => tasks(...rows).replace('read: "f"', 'read: "f", tags: ["${cuts[0]}x"]');
const scan =
  'scan: {matrix: {pt: "${cuts}", wp: [loose, tight]}, filter: \'pt > ${matrix.pt} and id_${matrix.wp} == 1\'}';
const wrong = (...rows: string[]) => lines(understand(used(...rows)).problems);

describe('matrix', () => {
  it('makes one task for each combination, the last name fastest, with its values bound', () => {
    const { definition } = sound(used(scan));
    expect(Object.keys(definition.tasks)).toEqual([
      'e',
      'scan-20-loose',
      'scan-20-tight',
      'scan-30-loose',
      'scan-30-tight',
    ]);
    expect(definition.tasks['scan-30-loose']).toMatchObject({
      args: { expr: 'pt > 30 and id_loose == 1' },
      instance: { task: 'scan', values: { pt: 30, wp: 'loose' } },
      source: '/tasks/scan-30-loose',
      needs: [{ task: 'e' }],
    });
  });

  it('what follows stays split; needs gathers; matrix: same and a choice of values', () => {
    const wired = reads(
      sound(
        used(
          'scan: {matrix: {pt: "${cuts}"}, filter: "x > ${matrix.pt}"}',
          'counts: {group: {agg: {n: count()}}}',
          'all: {needs: [counts], concat: {}}',
          'one: {needs: [{task: counts, matrix: {pt: 20}}], write: one.csv}',
          'each: {needs: [{task: scan, matrix: same}], hist: {}}',
          'some: {needs: [scan], sort: [x]}',
          'last: {needs: [{task: e, data: false}, {task: scan, data: false}, all], write: a.csv}',
        ),
      ),
    );
    expect(wired.slice(1)).toEqual([
      'scan-20 <- rows:e.rows',
      'scan-30 <- rows:e.rows',
      'counts-20 <- rows:scan-20.rows',
      'counts-30 <- rows:scan-30.rows',
      'all <- parts:counts-20.table, parts:counts-30.table',
      'one <- product:counts-20.table',
      'each-20 <- rows:scan-20.rows',
      'each-30 <- rows:scan-30.rows',
      'some-20 <- rows:scan-20.rows',
      'some-30 <- rows:scan-30.rows',
      'last <- after e, after scan-20, after scan-30, product:all.table',
    ]);
  });

  it('two of them multiply; conditions see the instance that goes with the reader', () => {
    const wired = reads(
      sound(
        used(
          'a: {matrix: {x: [1, 2]}, filter: "v > ${matrix.x}"}',
          'b: {matrix: {y: [p, q]}, filter: "w == ${matrix.x} or ${matrix.y}"}',
          'n: {group: {agg: {n: count()}}}',
          's: {needs: [{task: n, matrix: same}], merge: {scale: 1 / n.n}}',
          'ok: {assert: n.n > 0}',
        ),
      ),
    );
    expect(wired.filter((line) => /^(b|s|ok)/.test(line))).toEqual([
      'b-1-p <- rows:a-1.rows',
      'b-1-q <- rows:a-1.rows',
      'b-2-p <- rows:a-2.rows',
      'b-2-q <- rows:a-2.rows',
      's-1-p <- product:n-1-p.table, results!:n-1-p.table',
      's-1-q <- product:n-1-q.table, results!:n-1-q.table',
      's-2-p <- product:n-2-p.table, results!:n-2-p.table',
      's-2-q <- product:n-2-q.table, results!:n-2-q.table',
      'ok <- results!:n-1-p.table, results!:n-1-q.table, results!:n-2-p.table, results!:n-2-q.table',
    ]);
  });

  it('`when` with a value of the matrix leaves single instances out', () => {
    const { definition } = sound(used('a: {matrix: {x: [1, 2]}, when: "${matrix.x} > 1", filter: v}'));
    expect(Object.values(definition.tasks).map((task) => task.omitted !== undefined)).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('nested interpolation: config chosen by the matrix', () => {
    const text =
      'btag: {loose: 0.05, tight: 0.71}\ntasks:\n  e: {read: f}\n  t: {loop: [loose, tight], filter: "b > ${btag.${matrix.item}}"}\n';
    const { definition } = sound(text);
    expect(definition.tasks['t-tight']!.args).toEqual({ expr: 'b > 0.71' });
    expect(definition.tasks['t-loose']!.instance).toEqual({ task: 't', values: { item: 'loose' } });
  });

  it.each([
    ["a: {matrix: {x: [1]}, filter: 'v > ${matrix.z}'}", /^FLOW-C005 4:\d+ /],
    ["a: {filter: 'v > ${matrix.x}'}", /^FLOW-K010 4:\d+ task 'a' uses a value of a matrix, and has none/],
    ['a: {matrix: {}, filter: v}', /^FLOW-S012 4:15 'matrix' must not be empty/],
    ['a: {matrix: {x: []}, filter: v}', /^FLOW-K003 4:19 'x' of the matrix of task 'a' has no values/],
    [
      'a: {matrix: [{x: 1}, {y: 2}], filter: v}',
      /^FLOW-K003 4:24 the maps of the matrix of task 'a' have different names: x; y/,
    ],
    ['a: {matrix: {x: 1}, loop: [1], filter: v}', /^FLOW-K003 4:23 task 'a' has both 'loop' and 'matrix'/],
  ])('%s', (row, expected) => {
    expect(wrong(row)[0]).toMatch(expected);
  });

  it('values that no instance has', () => {
    expect(
      wrong('a: {matrix: {x: [1, 2]}, filter: v}', 'b: {needs: [{task: a, matrix: {x: 3}}], hist: {}}')[0],
    ).toBe("FLOW-K004 5:22 task 'a' has no instance with x: 3 (it has x: 1, 2)");
  });

  it('100 instances of three tasks', () => {
    const values = Array.from({ length: 100 }, (_, index) => index).join(', ');
    const { definition } = sound(
      used(
        `a: {matrix: {x: [${values}]}, filter: 'v > \${matrix.x}'}`,
        'h: {hist: {}}',
        'f: {plot: "f_{x}.svg"}',
      ),
    );
    expect(Object.keys(definition.tasks)).toHaveLength(301);
  });
});

describe('expandMatrix', () => {
  it('has the product of the lengths, all different, in order', () => {
    const matrix = fc.dictionary(
      fc.stringMatching(/^[a-z]{1,4}$/),
      fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 4 }),
      {
        minKeys: 1,
        maxKeys: 4,
      },
    );
    fc.assert(
      fc.property(matrix, (map) => {
        const all = expandMatrix(map);
        const lists = Object.values(map);
        expect(all).toHaveLength(lists.reduce((product, list) => product * list.length, 1));
        expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(all.length);
        const rank = all.map((one) =>
          Object.entries(one).reduce(
            (sum, [key, value]) => sum * map[key]!.length + map[key]!.indexOf(value as number),
            0,
          ),
        );
        expect(rank).toEqual(rank.map((_, index) => index));
      }),
    );
  });
});
