import { describe, expect, it } from 'vitest';
import { lines, sound, understand } from '../../../testing/problems.ts';

const tasks = (...rows: string[]) => `tasks:\n  rows: {read: f}\n${rows.map((row) => `  ${row}\n`).join('')}`;
const wrong = (...rows: string[]) => lines(understand(tasks(...rows)).problems);

describe('extends', () => {
  it('maps deep, lists replaced, later over earlier, own over all, null deletes', () => {
    const { definition } = sound(
      tasks(
        '_a: {when: never, tags: [a, b], hist: {x: {field: m, bins: [1, 2, 3], label: A}, weight: w}}',
        '_b: {extends: _a, hist: {x: {label: B}}}',
        '_c: {hist: {x: {label: C}, storage: count}}',
        'h: {extends: [_b, _c], when: null, tags: [c], hist: {weight: null}}',
      ),
    );
    expect(definition.tasks.h).toMatchObject({
      operator: 'hist',
      args: { x: { field: 'm', bins: [1, 2, 3], label: 'C' }, storage: 'count' },
      control: { tags: ['c'] },
    });
    expect(definition.tasks.h!.args).not.toHaveProperty('weight');
    expect(definition.tasks.h!.omitted).toBeUndefined();
  });

  it('a bare main argument and arguments by name are one', () => {
    const { definition } = sound(
      tasks('_cut: {filter: {expr: a}}', 'x: {extends: _cut, filter: b}', 'y: {extends: x}'),
    );
    expect(definition.tasks.x!.args).toEqual({ expr: 'b' });
    expect(definition.tasks.y!.args).toEqual({ expr: 'b' });
  });

  it('another operator takes the place of one that is deleted', () => {
    expect(
      sound(tasks('_a: {filter: x}', 'b: {extends: _a, filter: null, sort: [x]}')).definition.tasks.b,
    ).toMatchObject({
      operator: 'sort',
      args: { by: ['x'] },
    });
    expect(wrong('_a: {filter: x}', 'b: {extends: _a, sort: [x]}')).toEqual([
      "FLOW-S004 4:20 task 'b' has two operators: 'filter' (3:8) and 'sort' (4:20) (one comes from what it extends: delete it with 'filter: null')",
    ]);
  });

  it('needs by port merge port by port', () => {
    const { definition } = sound(
      tasks(
        'o: {needs: [], read: g}',
        '_j: {needs: {left: rows, r: o}, join: {r: [a]}}',
        'j: {extends: _j, needs: {r: rows}}',
      ),
    );
    expect(definition.tasks.j!.needs).toEqual([
      { task: 'rows', as: 'left' },
      { task: 'rows', as: 'r' },
    ]);
  });

  it('unknown and circular ones', () => {
    expect(wrong('_mass_axis: {hist: {}}', 'h: {extends: _mas_axis}')).toEqual([
      "FLOW-K001 4:16 'h' extends '_mas_axis', and there is no task or template of that name (did you mean '_mass_axis'?)",
    ]);
    const { problems } = understand(
      tasks('_a: {extends: _b}', '_b: {extends: _a}', 'h: {extends: _a, hist: {}}'),
    );
    expect(lines(problems)).toEqual([
      'FLOW-K002 3:17 extends leads in a circle: _a (3:17) -> _b (4:17) -> _a (take one of them away)',
    ]);
    expect(wrong('_a: {tags: [x]}', 'h: {extends: _a}')).toEqual([
      "FLOW-S005 4:3 task 'h' has no operator, nor have those that it extends (add one, such as `filter: ...`)",
    ]);
  });

  it('names the files that were searched', () => {
    const text = 'include: [lib.yaml]\ntasks:\n  rows: {read: f}\n  h: {extends: _x}\n';
    expect(lines(understand(text, [], { 'lib.yaml': 'tasks: {_y: {hist: {}}}\n' }).problems)).toEqual([
      "FLOW-K001 4:16 'h' extends '_x', and there is no task or template of that name (templates: _y (files searched: flow.yaml, lib.yaml))",
    ]);
  });
});
