/** Definition → Graph → Plan over a toy stream of numbers: what keys depend on, and what graphs and plans grow with. */
import { composeFile, memoryFiles } from '@fasthep/config';
import { describe, expect, it } from 'vitest';
import { corePlugin } from '../core/plugin.ts';
import { readSyntax } from '../core/read-syntax.ts';
import { interpret } from '../interpret/interpret.ts';
import { createRegistry } from '../registry/registry.ts';
import { survey } from '../survey/survey.ts';
import { numbersPlugin } from '../testing/numbers.ts';
import { makePlan, type PlanOptions } from './plan.ts';

const registry = createRegistry([corePlugin, numbersPlugin]);
/** Between stages there is only JSON. */
const json = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

async function plan(yaml: string, options?: PlanOptions) {
  const config = json(composeFile('flow.yaml', { files: memoryFiles({ 'flow.yaml': yaml }) }));
  const read = readSyntax(config, registry);
  const definition = json(read.definition);
  const facts = json((await survey(definition, registry, { resolve: (path) => path })).facts);
  const { graph, problems } = interpret(definition, facts, registry);
  expect([...read.problems, ...problems]).toEqual([]);
  const made = makePlan(json(graph), facts, registry, options);
  const keys = Object.fromEntries(made.products.map(({ name, key }) => [name, key]));
  return { graph, plan: made, keys };
}

const FLOW = `
tasks:
  events: {range: {files: [0..10, 10..30]}}
  more: {add: 5}
  big: {keep: 7}
  total: {sum: 1}
  minus: {negate: {}}
`;

describe('content keys', () => {
  it('follow what a result depends on, not the names of tasks', async () => {
    const before = await plan(FLOW);
    const after = await plan(FLOW.replaceAll('more:', 'shifted:').replaceAll('total:', 'everything:'));
    expect(after.keys.everything).toBe(before.keys.total);
    expect(after.keys.minus).toBe(before.keys.minus);
  });

  it('stay when another result is added, and change with what they depend on alone', async () => {
    const before = await plan(FLOW);
    const added = await plan(FLOW.replace('  big:', '  early: {sum: 1}\n  big:'));
    expect(added.keys.total).toBe(before.keys.total);
    expect(added.keys.early).not.toBe(before.keys.total);
    const harder = await plan(
      FLOW.replace('  big:', '  early: {sum: 1}\n  big:').replace('keep: 7', 'keep: 8'),
    );
    expect(harder.keys.early).toBe(added.keys.early);
    expect(harder.keys.total).not.toBe(added.keys.total);
    expect(harder.keys.minus).not.toBe(added.keys.minus);
  });

  it('follow batch operators between the source and the result', async () => {
    const flow = (by: number) => `
tasks:
  events: {range: {files: [0..10]}}
  more: {add: ${by}}
  twice: {double: {}}
  total: {sum: 1}
`;
    const [one, same, other] = [await plan(flow(1)), await plan(flow(1)), await plan(flow(2))];
    expect(one.plan.families.filter(({ kind }) => kind === 'segment')).toHaveLength(1);
    expect(same.keys.total).toBe(one.keys.total);
    expect(other.keys.total).not.toBe(one.keys.total);
  });

  it('hold the partition, so that another partitioning makes partial results of its own', async () => {
    const whole = await plan(FLOW);
    const parts = await plan(FLOW, { partitionSize: 4 });
    expect(parts.plan.families[0]).toMatchObject({ kind: 'segment', size: 3 + 5 });
    expect(parts.keys.total).not.toBe(whole.keys.total);
  });
});

describe('plans', () => {
  it('are the same text whenever they are made', async () => {
    expect(JSON.stringify((await plan(FLOW)).plan)).toBe(JSON.stringify((await plan(FLOW)).plan));
  });

  it('have a merge tree over many partitions, and one task to finish', async () => {
    const { plan: made } = await plan(FLOW, { partitionSize: 1 });
    expect(made.families.map(({ id, size }) => [id, size])).toEqual([
      ['events.rows', 30],
      ['events.rows.merge1', 2],
      ['events.rows.merge2', 1],
      ['events.rows.finish', 1],
      ['minus', 1],
    ]);
  });
});

describe('graphs', () => {
  it('do not grow with the number of files', async () => {
    const files = Array.from({ length: 100 }, (_, i) => `${i}..${i + 5}`);
    const many = await plan(FLOW.replace('0..10, 10..30', files.join(', ')));
    expect(many.graph.nodes).toHaveLength((await plan(FLOW)).graph.nodes.length);
    expect(many.plan.families[0]).toMatchObject({ size: 100 });
  });
});
