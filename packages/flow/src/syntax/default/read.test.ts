import { describe, expect, it } from 'vitest';
import { lines, reads, sound, understand } from '../../../testing/problems.ts';

const wrong = (text: string, overrides: string[] = [], others = {}) =>
  lines(understand(text, overrides, others).problems);

describe('tasks', () => {
  it('has operator, arguments, needs and keywords, with the place of each', () => {
    const { definition } = sound(`data: {path: a.csv}
tasks:
  rows: {read: "\${data.path}"}
  select:
    needs: [rows]
    filter: x > 1
    retry: 2
`);
    expect(definition.name).toBe('flow');
    expect(definition.values).toEqual({ data: { path: 'a.csv' } });
    expect(definition.tasks.select).toEqual({
      operator: 'filter',
      args: { expr: 'x > 1' },
      needs: [{ task: 'rows' }],
      control: { retry: 2 },
      source: '/tasks/select',
    });
    const at = (path: string) => {
      const { line, column } = definition.origins[path]!;
      return [line, column];
    };
    expect(at('/tasks/select/args/expr')).toEqual([6, 13]);
    expect(at('/tasks/select/control/retry')).toEqual([7, 12]);
    expect(at('/tasks/select/needs/0')).toEqual([5, 13]);
    expect(definition.keyOrigins['/tasks/select']).toMatchObject({ line: 4, column: 3 });
    expect(definition.keyOrigins['/tasks/select/operator']).toMatchObject({ line: 6, column: 5 });
  });

  it('may be a list with names', () => {
    const listed = sound('tasks:\n  - {name: rows, read: a.csv}\n  - {name: cut, filter: x > 1}\n');
    expect(reads(listed)).toEqual(['rows <-', 'cut <- rows:rows.rows']);
    expect(
      wrong('tasks:\n  - {read: a.csv}\n  - {name: a, read: a.csv}\n  - {name: a, read: b.csv}\n'),
    ).toEqual([
      "FLOW-S011 2:5 a task of a list must have a name (- {name: select, filter: 'x > 1'})",
      "FLOW-S013 4:12 two tasks are called 'a' (tasks are called by their names: give each its own)",
    ]);
  });

  it('are in one of the packs, bare or with its name', () => {
    expect(sound('tasks:\n  a: {data.read: a.csv}\n').definition.tasks.a!.operator).toBe('data.read');
  });
});

describe('keys of a task', () => {
  it.each([
    [
      'a misspelt keyword',
      'filter: y, wehn: True',
      "FLOW-S002 3:20 unknown key 'wehn' in task 'x' (did you mean 'when'?)",
    ],
    [
      'a misspelt needs',
      'filter: y, neeeds: [a]',
      "FLOW-S002 3:20 unknown key 'neeeds' in task 'x' (did you mean 'needs'?)",
    ],
    [
      'a misspelt operator',
      'hsit: {x: {field: y}}',
      "FLOW-S003 3:9 unknown operator 'hsit' in task 'x' (did you mean 'hist' (pack data)?)",
    ],
    [
      'nothing known',
      'frobnicate: 3',
      "FLOW-S003 3:9 unknown operator 'frobnicate' in task 'x' (packs searched: core, data, hep, render, adapt)",
    ],
    [
      'a key of Ansible',
      'filter: y, register: z',
      "FLOW-S009 3:20 'register' has no meaning in task 'x' (the output of a task is called by the task's name)",
    ],
    [
      'a key of GitLab',
      'script: [make]',
      "FLOW-S009 3:9 'script' has no meaning in task 'x' (use the operator `shell`; set-up belongs to `resources: {image: ...}`)",
    ],
    [
      'with_items',
      'filter: y, with_items: [1]',
      "FLOW-S009 3:20 'with_items' has no meaning in task 'x' (use `matrix` or `loop`)",
    ],
    [
      'two operators',
      'filter: y, define: {z: 1}',
      "FLOW-S004 3:20 task 'x' has two operators: 'filter' (3:9) and 'define' (3:20) (split it into two tasks: the second reads what the first leaves)",
    ],
    [
      'no operator',
      'needs: [a]',
      "FLOW-S005 3:5 task 'x' has no operator (add one, such as 'filter: ...' or 'hist: ...'; the keys there are keywords only)",
    ],
  ])('%s', (_name, body, expected) => {
    expect(
      wrong(
        `tasks:\n  a: {read: a.csv}\n  x: {${body}}\n`.replace('  x: {', '    x: {').replace('    x', '  x'),
      ),
    ).toEqual([expected.replace(/3:(\d+)/g, (_all, column) => `3:${Number(column) - 2}`)]);
  });

  it('tells all of a file at once, in order of place', () => {
    const found = wrong('taks: {}\ntasks:\n  a: {raed: a.csv}\n  b: {filter: x, tagz: [a]}\n  c: 3\n');
    expect(found.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'FLOW-S006 1:1',
      'FLOW-S003 3:7',
      'FLOW-S002 4:18',
      'FLOW-S010 5:6',
    ]);
  });
});

describe('sections', () => {
  it('must be referred to', () => {
    expect(wrong('taks:\n  a: {read: a.csv}\n')).toEqual([
      "FLOW-S006 1:1 unknown section 'taks': nothing refers to it (did you mean 'tasks'?)",
    ]);
    expect(wrong('selection: {pt: 2}\ntasks:\n  a: {read: a.csv}   # ${selection.pt}\n')).toEqual([
      "FLOW-S006 1:1 nothing refers to the section 'selection' (refer to it as ${selection…} or delete it)",
    ]);
    expect(wrong('b: {filter: x}\ntasks:\n  a: {read: a.csv}\n')).toEqual([
      "FLOW-S006 1:1 nothing refers to the section 'b' (a task stands below 'tasks:')",
    ]);
    expect(wrong('stages: [a]\nimage: x\ntasks:\n  a: {stage: a, read: a.csv}\n')).toEqual([
      "FLOW-S009 2:1 nothing refers to the section 'image' (write `resources: {image: ...}`)",
    ]);
  });

  it.each([
    ['an interpolation', 's: {a: f}\ntasks:\n  a: {read: "${s.a}"}\n'],
    ['one inside another', 's: {a: x}\nt: {x: f}\ntasks:\n  a: {read: "${t.${s.a}}"}\n'],
    ['another section', 's: f\nt: {u: "${s}"}\ntasks:\n  a: {read: "${t.u}"}\n'],
    ['a condition', 's: {quick: true}\ntasks:\n  a: {read: x, when: not s.quick}\n'],
    ['a computed value', 's: 2\ntasks:\n  a: {read: "f${s * 3}"}\n'],
    ['the second name of one', 's: 2\nt: {u: 1}\ntasks:\n  a: {read: "f${t.u * s}"}\n'],
    ['an override', 's: {a: f}\ntasks:\n  a: {read: x}\n', ['tasks.a.read=${s.a}']],
  ])('by %s', (_name, text, overrides?: string[]) => {
    expect(wrong(text, overrides)).toEqual([]);
  });

  it('are no tasks', () => {
    expect(wrong('mass: [60, 120]\ntasks:\n  mass: {read: "${mass}"}\n')).toEqual([
      "FLOW-S007 1:1 'mass' is a section and a task (conditions could not tell them apart: rename one of them)",
    ]);
  });

  it('need a section of tasks', () => {
    expect(wrong('limit: {rows: 3}\n')).toEqual([
      "FLOW-S001 1:1 there is no section 'tasks' (tasks: {rows: {read: data.csv}})",
    ]);
    expect(wrong('tasks: 3\n')).toEqual([
      'FLOW-S001 1:8 tasks must be a map of tasks by name, not 3 (tasks: {rows: {read: data.csv}})',
    ]);
  });
});

describe('names', () => {
  it.each([
    [
      'dataset',
      "FLOW-S008 2:3 'dataset' is a reserved word and cannot be the name of a task (choose another name, such as 'dataset_task')",
    ],
    [
      'stages',
      "FLOW-S008 2:3 'stages' is a reserved word and cannot be the name of a task (a section 'stages' belongs to the top level; a task needs another name, such as 'stages_task')",
    ],
    [
      'a.b',
      "FLOW-S011 2:3 'a.b' cannot be the name of a task (a dot parts a task from an output; write 'a_b')",
    ],
    [
      'on',
      "FLOW-S014 2:3 a task is called 'on', which YAML 1.1 reads as true or false (choose another name: editors and other tools see no such task)",
    ],
    [
      '4mu',
      "FLOW-S015 2:3 the command line cannot override keys of a task called '4mu' (begin the name with a letter)",
    ],
  ])('%s', (name, expected) => {
    expect(wrong(`tasks:\n  ${name}: {read: a.csv}\n`)).toEqual([expected]);
  });

  it('may be those of keywords and operators', () => {
    expect(wrong('tasks:\n  read: {read: a.csv}\n  check: {filter: x}\n  when: {filter: x}\n')).toEqual([]);
    expect(wrong('tasks:\n  a: {read: a.csv}\n  needs: [a]\n')).toEqual([
      "FLOW-S010 3:10 task 'needs' must be a map, not a list ('needs' is a keyword of a task: it stands below the name of one)",
    ]);
  });
});

describe('needs', () => {
  it('has all its forms', () => {
    const { definition } = sound(`tasks:
  a: {read: {files: f, trees: {x: X, y: Y}}}
  b: {needs: [a.x], filter: z}
  c: {needs: [], read: g}
  d: {needs: [b, {task: c, data: false}], filter: z}
  e: {needs: {left: a.x, other: a.y}, join: {other: entry}}
  f: {needs: [{task: b, optional: true}], hist: {}}
`);
    expect(
      Object.fromEntries(Object.entries(definition.tasks).map(([name, { needs }]) => [name, needs])),
    ).toEqual({
      a: undefined,
      b: [{ task: 'a', port: 'x' }],
      c: [],
      d: [{ task: 'b' }, { task: 'c', data: false }],
      e: [
        { task: 'a', port: 'x', as: 'left' },
        { task: 'a', port: 'y', as: 'other' },
      ],
      f: [{ task: 'b', optional: true }],
    });
  });

  it.each([
    ['needs: a', "FLOW-N008 3:14 'needs' must be a list or a map, not the text 'a' (write needs: [a])"],
    [
      'needs: 3',
      "FLOW-N008 3:14 'needs' must be a list of names or a map from ports to names, not 3 (needs: [] reads nothing)",
    ],
    ['needs: [3]', 'FLOW-N008 3:15 a need must be a name or {task, data, optional, matrix}, not 3'],
    ['needs: [{taks: a}]', "FLOW-N008 3:15 a need must say which 'task' it means ({task: name})"],
    ['needs: [{task: a, data: maybe}]', "FLOW-N008 3:31 'data' must be true or false, not the text 'maybe'"],
    [
      'needs: [{task: a, matrix: smae}]',
      "FLOW-N008 3:33 'matrix' of a need must be 'same' or a map of values, not the text 'smae' (did you mean 'same'?)",
    ],
    [
      'needs: {task: a, optional: true}',
      "FLOW-N008 3:14 'needs' is a list of such maps (write needs: [{task: a, ...}])",
    ],
  ])('%s', (needs, expected) => {
    expect(wrong(`tasks:\n  a: {read: f}\n  x: {${needs}, filter: y}\n`)).toContain(expected);
  });
});
