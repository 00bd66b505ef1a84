import { describe, expect, it } from 'vitest';
import {
  bindLate,
  type Config,
  ConfigErrors,
  composeFile,
  memoryFiles,
  type Origin,
  originAt,
  renderProblems,
  validate,
} from '../index.ts';

const files = memoryFiles({
  'w.yaml': `include:
  - lib.yaml
  - {file: part.yaml, with: {n: 3}, as: mu}
  - {file: absent.yaml, when: sel.quick}
sel: {pt: 25, quick: false, twice: "\${sel.pt * 2}"}
tasks:
  a: {filter: "pt > \${sel.pt} and x > \${matrix.q + sel.pt}"}
  b:
    define:
      Muon.rel_iso: Muon.iso / Muon.pt
      folded: >-
        a + \${sel.pt}
        + b
  c: {hist: "\${lib}"}
`,
  'lib.yaml': 'lib: {x: [1, "${sel.pt}"]}\ntasks: {z: {read: x}}\n',
  'part.yaml':
    'params: {n: {type: int}, m: {type: string, default: hey}}\ntasks: {q: {v: "${params.n}", w: "is ${params.m}!"}}\n',
  'bad.yaml': `a: \${b}
b: \${c}
c: \${a}
d: \${sel.ptt}
sel: {pt: 1}
e: "x \${sel.pt * } y"
f: \${sel.pt + foo}
g: ???
`,
  'colon.yaml': 'a: 1\nb: x: y\n',
  'twice.yaml': 'a: 1\nb: 2\na: 3\n',
  'tab.yaml': 'a:\n\tb: 1\n',
  'tabs.yaml': 'a:\n  b:\n\t- c: x\n    d: y\n',
  'round.yaml': 'include: round2.yaml\n',
  'round2.yaml': 'include: [round.yaml]\n',
  'own.yaml': 'include: [own-list.yaml]\n',
  'own-list.yaml': 'defaults: {kind: mc}\n',
  'lost.yaml': 'x: 1\ninclude:\n  - {file: nope.yaml}\n',
  'params.yaml': 'include:\n  - {file: part.yaml, with: {n: many, q: 1}}\n',
});

/** The character of its file that an origin points at. */
const charAt = ({ sources }: Config, origin: Origin) =>
  sources[origin.file]!.split('\n')[origin.line - 1]![origin.column - 1];

describe('composeFile', () => {
  const config = composeFile('w.yaml', {
    files,
    late: ['matrix'],
    overrides: ['sel.pt=30', 'tasks.b.define.Muon.rel_iso=Muon.x', '+new.key=[1,2]'],
  });

  it('merges includes below the file and the command line above it', () => {
    expect(config.value).toEqual({
      lib: { x: [1, 30] },
      tasks: {
        z: { read: 'x' },
        mu: { block: { q: { v: 3, w: 'is hey!' } } },
        a: { filter: 'pt > 30 and x > ${matrix.q + sel.pt}' },
        b: { define: { 'Muon.rel_iso': 'Muon.x', folded: 'a + 30 + b' } },
        c: { hist: { x: [1, 30] } },
      },
      sel: { pt: 30, quick: false, twice: 60 },
      new: { key: [1, 2] },
    });
    expect(Object.keys((config.value as { tasks: object }).tasks)).toEqual(['z', 'mu', 'a', 'b', 'c']);
  });

  it('a map called defaults is no defaults list', () => {
    expect(composeFile('own.yaml', { files }).value).toEqual({ defaults: { kind: 'mc' } });
  });

  it('knows what a value beat and where it came through', () => {
    expect(config.origins['/sel/pt']).toMatchObject({
      file: '<command line>',
      line: 1,
      column: 8,
      word: 'sel.pt=30',
      via: [{ file: 'w.yaml', line: 5, column: 11 }],
    });
    expect(config.origins['/lib/x/1']).toMatchObject({ file: 'lib.yaml', via: [{ file: '<command line>' }] });
    expect(config.keyOrigins['/tasks/c']).toMatchObject({ file: 'w.yaml', line: 14, column: 3 });
  });

  it.each(['/tasks/a/filter', '/tasks/b/define/folded', '/tasks/z/read', '/tasks/mu/block/q/w'])(
    'keeps for each character of %s where it came from',
    (pointer) => {
      const text = pointer
        .slice(1)
        .split('/')
        .reduce((at, key) => (at as Record<string, unknown>)[key], config.value as unknown) as string;
      // A line break that was folded is a space in the value.
      for (const [offset, char] of [...text].entries())
        if (char !== ' ') expect(charAt(config, originAt(config, pointer, offset))).toBe(char);
    },
  );

  it('binds late names, and keeps the places', () => {
    const bound = bindLate(config, '/tasks/a', { matrix: { q: 4 } });
    expect(bound.value).toMatchObject({ tasks: { a: { filter: 'pt > 30 and x > 34' } } });
    expect(bound.late).toBeUndefined();
    expect(originAt(bound, '/tasks/a/filter', 5)).toMatchObject({
      file: '<command line>',
      line: 1,
      column: 8,
    });
    expect(originAt(bound, '/tasks/a/filter', 8)).toMatchObject({ file: 'w.yaml', line: 7 });
    expect(() => bindLate(config, '/tasks', { matrix: {} })).toThrow(ConfigErrors);
  });

  const rendered = (path: string, overrides: string[] = []) => {
    try {
      composeFile(path, { files, overrides });
    } catch (error) {
      if (error instanceof ConfigErrors) return renderProblems(error);
      throw error;
    }
    throw new Error('composed');
  };

  it('reports every problem of a file', () => {
    expect(rendered('bad.yaml', ['nn=1', 'a b=3'])).toMatchSnapshot();
  });

  it('of a tab only the tab', () => {
    const text = rendered('tabs.yaml');
    expect(text).toMatch(/tab characters[\s\S]*tabs\.yaml:3:1/);
    expect(text.match(/error/g)).toHaveLength(1);
  });

  it.each(['colon.yaml', 'twice.yaml', 'tab.yaml', 'round.yaml', 'lost.yaml', 'params.yaml', 'none.yaml'])(
    'explains %s',
    (path) => {
      expect(rendered(path)).toMatchSnapshot();
    },
  );
});

describe('validate', () => {
  const config = composeFile('o.yaml', {
    files: memoryFiles({ 'o.yaml': 'op: {expr: "x > 1", fielsd: [a, 3], n: "5", z: no}\n' }),
  });
  const schema = {
    type: 'object' as const,
    properties: {
      expr: { type: 'string' as const },
      fields: { type: 'array' as const, items: { type: 'string' as const } },
      n: { type: 'integer' as const, minimum: 6 },
      z: { type: 'boolean' as const },
      w: { type: 'number' as const, default: 2 },
    },
    required: ['fields'],
    additionalProperties: false,
  };

  it('converts, fills defaults, and points at keys and values', () => {
    const { value, problems } = validate(schema, config, '/op');
    expect(value).toEqual({ expr: 'x > 1', n: 5, z: false, w: 2 });
    expect(problems.map(({ code, message, help, origin }) => [code, message, help, origin?.column])).toEqual([
      ['validation', "'op' needs 'fields'", undefined, 5],
      ['unknown-key', "unknown key 'fielsd' in 'op'", "did you mean 'fields'?", 21],
      ['validation', "'n' must be at least 6, not 5", undefined, 40],
    ]);
  });
});
