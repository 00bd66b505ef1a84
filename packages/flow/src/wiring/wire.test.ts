import { describe, expect, it } from 'vitest';
import { lines, reads, sound, understand } from '../../testing/problems.ts';
import { renderProblem } from '../errors/index.ts';

const wrong = (text: string) => lines(understand(text).problems);
const tasks = (...lines: string[]) => `tasks:\n${lines.map((line) => `  ${line}\n`).join('')}`;

describe('rule 2: the stream flows down the file', () => {
  it('readers of rows read what the nearest task with rows left', () => {
    expect(
      reads(
        sound(
          tasks(
            'events: {read: a.root}',
            'more: {define: {y: x}}',
            'h1: {hist: {x: {field: x}}}',
            'h2: {hist: {x: {field: y}}}',
            'counts: {group: {agg: {n: count()}}}',
            'cut: {filter: y > 1}',
            'h3: {hist: {x: {field: y}}}',
          ),
        ),
      ),
    ).toEqual([
      'events <-',
      'more <- rows:events.rows',
      'h1 <- rows:more.rows',
      'h2 <- rows:more.rows',
      'counts <- rows:more.rows',
      'cut <- rows:more.rows',
      'h3 <- rows:cut.rows',
    ]);
  });

  it('readers of products, or of anything, read the task directly above', () => {
    expect(
      reads(
        sound(
          tasks(
            'events: {read: a.root}',
            'h: {hist: {x: {field: x}}}',
            'scaled: {merge: {scale: 2}}',
            'figure: {plot: a.svg}',
            'cut: {filter: y > 1}',
            'skim: {write: a.parquet}',
            'sorted: {sort: [x]}',
          ),
        ),
      ),
    ).toEqual([
      'events <-',
      'h <- rows:events.rows',
      'scaled <- product:h.histogram',
      'figure <- product:scaled.product',
      'cut <- rows:events.rows',
      'skim <- product:cut.rows',
      'sorted <- rows:cut.rows',
    ]);
  });

  it('`needs` replaces that, and moves the stream of a task with rows', () => {
    expect(
      reads(
        sound(
          tasks(
            'events: {read: a.root}',
            'region: {regions: {signal: x > 1, control: x < 1}}',
            'h: {needs: [region.control], hist: {}}',
            'all: {hist: {}}',
            'only: {needs: [region.signal], define: {z: x}}',
            'h2: {hist: {}}',
            'behind: {needs: [events], filter: x}',
            'waits: {needs: [{task: h2, data: false}], filter: x}',
            'other: {needs: [], read: b.root}',
            'h3: {hist: {}}',
          ),
        ),
      ).slice(2),
    ).toEqual([
      'h <- rows:region.control',
      'all <- rows:region.rows',
      'only <- rows:region.signal',
      'h2 <- rows:only.rows',
      'behind <- rows:events.rows',
      'waits <- rows:behind.rows, after h2',
      'other <-',
      'h3 <- rows:other.rows',
    ]);
  });

  it('ports by name, and results that conditions name', () => {
    const text = tasks(
      'source: {read: {files: f, trees: {hits: H, runs: R}}}',
      'good: {needs: [source.runs], filter: t > 1}',
      'sums: {group: {agg: {t: sum(t)}}}',
      'all: {needs: {left: source.hits, run: good}, join: {run: [id]}}',
      'h: {hist: {}}',
      'rate: {merge: {scale: 2 / sums.t}}',
      'say: {when: sums.t > 3, needs: [], shell: echo}',
    );
    expect(reads(sound(text)).slice(3)).toEqual([
      'all <- left:source.hits, run:good.rows',
      'h <- rows:all.rows',
      'rate <- product:h.histogram, results!:sums.table',
      'say <- when!:sums.table',
    ]);
  });

  it('a task left out passes its rows on', () => {
    const text = tasks(
      'events: {read: a.root}',
      'cut: {when: never, filter: x}',
      'h: {hist: {}}',
      'other: {needs: [cut], group: {agg: {n: count()}}}',
    );
    expect(reads(sound(text))).toEqual(['events <-', 'h <- rows:events.rows', 'other <- rows:events.rows']);
  });
});

describe('needs that cannot be met', () => {
  it.each([
    [
      'x: {needs: [evnts], hist: {}}',
      "FLOW-N001 3:15 task 'x' needs 'evnts', and there is no task of that name (did you mean 'events'?)",
    ],
    [
      'x: {needs: [events.row], hist: {}}',
      "FLOW-N002 3:15 task 'events' has no output 'row' (did you mean 'rows'?)",
    ],
    [
      'x: {needs: [h], filter: y}',
      "FLOW-N001 3:15 task 'x' needs 'h', and there is no task of that name (tasks: events)",
    ],
    [
      'x: {needs: [events], plot: a.svg}',
      "FLOW-N003 3:15 'plot' reads a histogram, a table or a report, but 'events' gives rows (make a product of the rows first (hist, group), or need another task)",
    ],
    [
      'x: {plot: a.svg}',
      "FLOW-N003 3:7 task 'x' reads a histogram, a table or a report, but 'events', directly above it, gives rows (say what it reads: needs: [a task that gives a histogram, a table or a report])",
    ],
    [
      'x: {needs: [], hist: {}}',
      "FLOW-N004 3:14 task 'x' reads rows, and its needs give none (needs: [a task that gives rows])",
    ],
    [
      'x: {needs: [events, events], hist: {}}',
      "FLOW-N007 3:23 'hist' reads one input, and task 'x' needs more (to wait for 'events' without reading it: {task: events, data: false})",
    ],
    [
      'x: {needs: {roes: events}, hist: {}}',
      "FLOW-N007 3:15 'hist' has no input 'roes' (did you mean 'rows'?)",
    ],
    [
      'x: {join: {other: entry}}',
      "FLOW-N007 3:7 'join' has several inputs; task 'x' must say what goes into each (needs: {left: ..., others: ...})",
    ],
    ['x: {needs: [x], filter: y}', "FLOW-N005 3:15 task 'x' needs itself (take one of these needs away)"],
  ])('%s', (line, expected) => {
    expect(wrong(tasks('events: {read: a.root}', line))).toEqual([expected]);
  });

  it('nothing above', () => {
    expect(wrong(tasks('x: {filter: y}'))).toEqual([
      "FLOW-N004 2:7 task 'x' reads rows, and no task above it gives any (begin with a task that reads a file: `rows: {read: data.csv}`)",
    ]);
    expect(wrong(tasks('x: {plot: a.svg}'))).toEqual([
      "FLOW-N004 2:7 task 'x' reads a histogram, a table or a report, and there is no task above it (say what it reads with `needs`)",
    ]);
  });

  it('the help names the nearest task that would do', () => {
    expect(wrong(tasks('e: {read: a}', 'h: {hist: {}}', 'c: {filter: x}', 'f: {plot: a.svg}'))).toEqual([
      "FLOW-N003 5:7 task 'f' reads a histogram, a table or a report, but 'c', directly above it, gives rows (say what it reads: needs: [h])",
    ]);
  });

  it('several outputs, none of them the main one', () => {
    expect(wrong(tasks('s: {read: {files: f, trees: {a: A, b: B}}}', 'x: {filter: y}'))).toEqual([
      "FLOW-N009 3:7 task 's' has several outputs; 'x' must say which it reads (needs: [s.a]; there are 'a', 'b')",
    ]);
  });

  it('a task that is left out, with what leaves it out', () => {
    const text = `campaign: {quick: false}\n${tasks(
      'e: {read: a}',
      'q: {rules: [{if: campaign.quick}], group: {agg: {n: count()}}}',
      't: {needs: [q], write: q.csv}',
      'o: {needs: [{task: q, optional: true}], write: o.csv}',
    )}`;
    const { problems } = understand(text);
    expect(lines(problems)).toEqual([
      "FLOW-N006 5:15 task 't' needs 'q', which is left out of this run (none of its rules matches) (if it can do without: {task: q, optional: true})",
    ]);
    expect(problems[0]!.related).toMatchObject([{ origin: { line: 4, column: 14 } }]);
  });

  it('circles, one edge for each line', () => {
    const { problems, sources } = understand(
      tasks(
        'e: {read: a}',
        'a: {needs: [c], filter: x}',
        'b: {needs: [a], filter: x}',
        'c: {needs: [b], filter: x}',
      ),
    );
    expect(
      problems.map((problem) => renderProblem(problem, sources)).join('\n'),
    ).toBe(`error[FLOW-N005]: tasks wait for one another: a -> c -> b -> a
 --> flow.yaml:3:15
    |
  3 |   a: {needs: [c], filter: x}
    |               ^
    = help: take one of these needs away
note: 'a' needs 'c'
 --> flow.yaml:3:15
    |
  3 |   a: {needs: [c], filter: x}
    |               ^
note: 'c' needs 'b'
 --> flow.yaml:5:15
    |
  5 |   c: {needs: [b], filter: x}
    |               ^
note: 'b' needs 'a'
 --> flow.yaml:4:15
    |
  4 |   b: {needs: [a], filter: x}
    |               ^`);
  });

  it('a chain of 20,000 tasks is none', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => `t${index}: {filter: x}`);
    expect(lines(understand(tasks('e: {read: a}', ...chain)).problems)).toEqual([]);
  });
});
