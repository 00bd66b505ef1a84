import { describe, expect, it } from 'vitest';
import { numbersPlan } from '../testing/index.ts';
import type { GraphNode } from '../types/graph.ts';
import type { JsonObject } from '../types/json.ts';
import { comparePlans, type Planned, whyProduct } from './compare.ts';

const node = (
  id: string,
  args: JsonObject,
  inputs: string[] = [],
  more: Partial<GraphNode> = {},
): GraphNode => ({
  id,
  task: id,
  operator: `numbers.${id}`,
  semantics: 1,
  kind: 'row-wise',
  args,
  inputs: inputs.map((from) => ({ port: 'rows', node: from, output: 'rows' })),
  outputs: {},
  control: {},
  source: `/tasks/${id}`,
  ...more,
});

function planned(by: number, files: string[], more: GraphNode[] = []): Planned {
  const plan = numbersPlan({
    datasets: { a: files },
    steps: [
      { id: 'plus', from: '', do: 'add', by },
      { id: 'all', from: 'plus', do: 'sum' },
    ],
    sums: ['all'],
  });
  const nodes = [
    node('events', { files }, [], { kind: 'source' }),
    node('plus', { by }, ['events']),
    node('all', {}, ['plus']),
    ...more,
  ];
  return { plan, graph: { format: 1, name: 'numbers', nodes, streams: {} } };
}

describe('plans are compared', () => {
  const before = planned(1, ['0..10', '10..20']);

  it('to themselves', () => {
    expect(comparePlans(before, planned(1, ['0..10', '10..20']))).toEqual([]);
  });

  it('by arguments, tasks and files', () => {
    const after = planned(2, ['0..10', '10..30'], [node('other', {}, ['events'])]);
    expect(comparePlans(before, after)).toEqual([
      {
        node: 'events',
        what: 'argument',
        path: 'files',
        before: ['0..10', '10..20'],
        after: ['0..10', '10..30'],
      },
      { node: 'events', what: 'file', path: '10..20', before: '10..20', after: undefined },
      { node: 'events', what: 'file', path: '10..30', before: undefined, after: '10..30' },
      { node: 'plus', what: 'argument', path: 'by', before: 1, after: 2 },
      { node: 'other', what: 'added' },
    ]);
    expect(comparePlans(after, before).at(-1)).toEqual({ node: 'other', what: 'removed' });
  });

  it('by the content of files, not by where they lie', () => {
    const moved = planned(1, ['0..10', '10..20']);
    for (const family of moved.plan.families) {
      if (family.kind === 'segment') for (const file of family.files) file.path = `/new/${file.path}`;
    }
    expect(comparePlans(before, moved)).toEqual([]);
  });

  it('by what a product depends on', () => {
    const product = (of: Planned) => of.plan.products[0]!;
    const same = planned(1, ['0..10', '10..20'], [node('other', {}, ['events'])]);
    expect(whyProduct(before, same, product(same))).toMatchObject({ verdict: 'same', changes: [] });
    expect(whyProduct(undefined, same, product(same)).verdict).toBe('new');
    const changed = planned(2, ['0..10', '10..20'], [node('other', {}, ['events'])]);
    expect(whyProduct(before, changed, product(changed))).toMatchObject({
      verdict: 'changed',
      changes: [{ node: 'plus', what: 'argument', path: 'by', before: 1, after: 2 }],
    });
  });
});
