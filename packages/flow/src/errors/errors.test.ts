import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../types/index.ts';
import {
  CODES,
  explain,
  FlowErrors,
  problemAt,
  renderProblem,
  renderProblems,
  sortProblems,
} from './index.ts';

const at = (line: number, column = 1, file = 'a.yaml') => ({ file, line, column });

describe('explain', () => {
  it('prints the page of a code, in any spelling', () => {
    expect(explain('FLOW-S004')).toBe(`FLOW-S004: two operators in one task

A task does one thing: it has exactly one operator. Make two tasks of it; the second reads what the first leaves.

wrong:
    select: {define: {y: x * 2}, filter: y > 1}

right:
    doubled: {define: {y: x * 2}}
    select: {filter: y > 1}
`);
    expect(explain('s004')).toBe(explain('flow-S004'));
    expect(explain('duplicate-key')).toBe(explain('FLOW-C002'));
  });

  it('knows the nearest codes', () => {
    expect(() => explain('FLOW-S044')).toThrow(
      expect.objectContaining({ code: 'FLOW-K006', help: expect.stringContaining('FLOW-S004') }),
    );
  });

  it('has a page for every code in the sources, and no page for a code that is nowhere', () => {
    const src = fileURLToPath(new URL('..', import.meta.url));
    const used = new Set<string>();
    for (const path of readdirSync(src, { recursive: true, encoding: 'utf8' }))
      if (path.endsWith('.ts') && !path.endsWith('.test.ts') && !/^errors.codes/.test(path))
        for (const [code] of readFileSync(`${src}${path}`, 'utf8').matchAll(/FLOW-[A-Z]\d{3}/g))
          used.add(code);
    expect([...used].filter((code) => !Object.hasOwn(CODES, code))).toEqual([]);
    expect(Object.keys(CODES).filter((code) => /^FLOW-[SNWKA]/.test(code) && !used.has(code))).toEqual([]);
  });
});

describe('problems', () => {
  it('are sorted by file, line and column, each once', () => {
    const problems: Problem[] = [
      { code: 'B', message: 'b', origin: at(3, 2) },
      { code: 'N', message: 'nowhere' },
      { code: 'A', message: 'a', origin: at(3, 1) },
      { code: 'B', message: 'b', origin: at(3, 2) },
      { code: 'Z', message: 'other file', origin: at(1, 1, 'b.yaml') },
    ];
    expect(sortProblems(problems).map(({ code }) => code)).toEqual(['A', 'B', 'Z', 'N']);
    expect(new FlowErrors(problems).code).toBe('A');
  });

  it('are shown with their line, at most 20', () => {
    const sources = { 'a.yaml': 'tasks:\n\tx: {wehn: 1}\n' };
    const problem: Problem = {
      code: 'FLOW-S002',
      message: 'unknown key',
      help: 'when',
      origin: { ...at(2, 6), endColumn: 10 },
    };
    expect(renderProblem(problem, sources)).toBe(`error[FLOW-S002]: unknown key
 --> a.yaml:2:6
    |
  2 | \tx: {wehn: 1}
    | \t    ^^^^
    = help: when`);
    const many = Array.from(
      { length: 25 },
      (_, line): Problem => ({ code: 'X', message: 'm', origin: at(line + 1) }),
    );
    const text = renderProblems(many);
    expect(text.match(/error\[X\]/g)).toHaveLength(20);
    expect(text).toContain('and 5 more');
  });
});

describe('problemAt', () => {
  const located = {
    origins: {
      '/a': { file: 'w.yaml', line: 2, column: 4 },
      '/a/b': {
        file: 'w.yaml',
        line: 3,
        column: 6,
        pieces: [
          [0, 3, 7],
          [5, 4, 3],
          [8, 1, 9, 'other.yaml'],
        ] as [number, number, number, string?][],
      },
    },
    keyOrigins: { '/a/c~1d': { file: 'w.yaml', line: 9, column: 1 } },
    sources: {},
  };
  it.each([
    [['b'], undefined, { file: 'w.yaml', line: 3, column: 6 }],
    [['b'], [2, 4], { file: 'w.yaml', line: 3, column: 9, endColumn: 11 }],
    [['b'], [5, 7], { file: 'w.yaml', line: 4, column: 3, endColumn: 5 }],
    [['b'], [4, 7], { file: 'w.yaml', line: 3, column: 11, endColumn: 12 }],
    [['b'], [9, 10], { file: 'other.yaml', line: 1, column: 10, endColumn: 11 }],
    [['b', 'gone', 0], [1, 2], { file: 'w.yaml', line: 3, column: 6 }],
    [['c/d'], undefined, { file: 'w.yaml', line: 9, column: 1 }],
  ] as const)('%j %j', (path, span, expected) => {
    expect(problemAt(located, '/a', path, span)).toMatchObject(expected);
  });
});
