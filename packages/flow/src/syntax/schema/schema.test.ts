import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { toyRegistry } from '../../../testing/toys.ts';
import type { JsonSchema } from '../../types/index.ts';
import { workflowSchema } from './workflow.ts';

const schema = workflowSchema(toyRegistry());
const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema);

/** What an editor would underline: instance path and the key or rule. */
function underlined(text: string): string[] {
  validate(parse(text));
  return (validate.errors ?? [])
    .filter(({ keyword }) => keyword !== 'if')
    .map(
      ({ instancePath, params, message }) =>
        `${instancePath} ${params.additionalProperty ?? params.missingProperty ?? message}`,
    );
}

const good: [string, string][] = [
  [
    'the minimal one',
    'data: {path: a}\ntasks:\n  e: {read: {files: "${data.path}", tree: t}}\n  d: {define: {y: max(x)}}\n  f: {filter: y > 1}\n  h: {hist: {x: {field: y, bins: [60, 0, 120]}}}\n  p: {plot: h.svg}\n',
  ],
  [
    'interpolations in place of anything',
    'b: [1, 2, 3]\ntasks:\n  h: {retry: "${b.0}", hist: {x: {field: y, bins: "${b}"}, storage: "${b}"}, cache: "${b}"}\n  w: {hist: "${b}"}\n',
  ],
  [
    'templates and what extends them',
    'tasks:\n  _a: {hist: {x: {label: m}}}\n  h: {extends: _a, when: null, hist: {x: {bins: [1, 2, 3]}}}\n  g: {extends: [_a, _b]}\n',
  ],
  [
    'all forms of needs',
    'tasks:\n  a: {needs: [], read: f}\n  b: {needs: [a.x, {task: c, data: false, matrix: same}], sort: [x]}\n  c: {needs: {left: a, r: {task: b, optional: true}}, join: {r: entry}}\n',
  ],
  [
    'control',
    'tasks:\n  a: {rules: [{if: c.q, with: {rows: [0, 1]}}, {}], read: f, retry: {max: 2, when: [io], delay: 5s, backoff: 2}, timeout: 30m}\n  s: {matrix: {pt: [1, 2]}, filter: "x > ${matrix.pt}"}\n  b: {block: {p: {filter: x}}, rescue: {s: {filter: y}}}\n',
  ],
  ['a list of tasks', 'tasks:\n  - {name: a, read: f}\n  - {name: b, data.filter: x > 1}\n'],
  ['cuts as a list', 'tasks:\n  c: {cutflow: [a > 1, {any: [b, c]}]}\n'],
];
const bad: [string, string[]][] = [
  ['tasks:\n  h: {hist: {x: {field: y}}, wehn: x}\n', ['/tasks/h wehn']],
  ['tasks:\n  h: {hsit: {x: {field: y}}}\n', ['/tasks/h hsit']],
  [
    'tasks:\n  h: {hist: {x: {feld: y, bins: [1, 2, 3]}}}\n',
    ['/tasks/h/hist/x field', '/tasks/h/hist/x feld'],
  ],
  [
    'tasks:\n  h: {hist: {x: {field: y, bins: many}}}\n',
    ['/tasks/h/hist/x/bins must match pattern "\\$\\{"'],
  ],
  ['tasks:\n  s: {sort: {limit: 3}}\n', ['/tasks/s/sort by']],
  ['tasks:\n  s: {sort: {by: [a], limit: x}}\n', ['/tasks/s/sort/limit must match pattern "\\$\\{"']],
  ['tasks:\n  s: {needs: [3], filter: x}\n', []],
  ['tasks:\n  s: {needs: [{taks: a}], filter: x}\n', ['/tasks/s/needs/0 task', '/tasks/s/needs/0 taks']],
  ['tasks:\n  s: {retry: {max: 1, wen: [io]}, filter: x}\n', ['/tasks/s/retry wen']],
  [
    'tasks:\n  a.b: {filter: x}\n',
    ['/tasks must match pattern "^[._]?[^./{}]+$"', '/tasks property name must be valid'],
  ],
  ['tasks:\n  b: {block: {p: {fliter: x}}}\n', ['/tasks/b/block/p fliter']],
  ['limit: {row: 3}\ntasks:\n  a: {read: f}\n', ['/limit row']],
  ['taks: {}\n', [' tasks']],
];

describe('workflowSchema', () => {
  it.each(good)('lets pass %s', (_name, text) => {
    expect(underlined(text)).toEqual([]);
  });
  it.each(bad)('%s', (text, expected) => {
    expect(
      underlined(text).filter(
        (line) => !/must be [a-z,]*(integer|object|null|string)$|must match a schema/.test(line),
      ),
    ).toEqual(expected);
  });

  it('has no choice of forms above the leaves', () => {
    const found: string[] = [];
    const visit = (one: JsonSchema, path: string): void => {
      for (const word of ['oneOf', 'allOf']) if (one[word] !== undefined) found.push(`${path}/${word}`);
      const deep = (one.anyOf as JsonSchema[] | undefined)?.some(
        (branch) => branch.properties !== undefined && JSON.stringify(branch).includes('$ref'),
      );
      if (deep) found.push(`${path}/anyOf`);
      for (const [key, value] of Object.entries(one))
        if (value !== null && typeof value === 'object') visit(value as JsonSchema, `${path}/${key}`);
    };
    visit(schema, '');
    expect(found).toEqual([]);
  });

  it('describes every key of a task', () => {
    const { properties } = (schema.$defs as { whole: { properties: Record<string, JsonSchema> } }).whole;
    expect(
      Object.entries(properties)
        .filter(([, one]) => !one.description)
        .map(([key]) => key),
    ).toEqual([]);
  });
});
