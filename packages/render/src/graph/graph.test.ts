import type { Graph } from '@fasthep/flow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dimuonGraph, largeGraph } from '../../gallery/graphs.ts';
import { graphDot, graphMermaid, graphSvg, graphText, layoutGraph } from './index.ts';
import { spread } from './places.ts';

function checkLayout(graph: Graph): void {
  const { nodes, edges, width, height } = layoutGraph(graph);
  expect(nodes).toHaveLength(graph.nodes.length);
  for (const [i, a] of nodes.entries()) {
    expect(a.x).toBeGreaterThanOrEqual(0);
    expect(a.y).toBeGreaterThanOrEqual(0);
    expect(a.x + a.width).toBeLessThanOrEqual(width);
    expect(a.y + a.height).toBeLessThanOrEqual(height);
    for (const b of nodes.slice(i + 1)) {
      const apart =
        a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height < b.y || b.y + b.height < a.y;
      expect(apart, `${a.id} lies on ${b.id}`).toBe(true);
    }
  }
  for (const { points, from, to } of edges) {
    for (const [index, [x, y]] of points.entries()) {
      if (index > 0) expect(x, `${from} to ${to} goes right`).toBeGreaterThanOrEqual(points[index - 1]![0]);
      expect(y).toBeLessThanOrEqual(height);
    }
    // Edges that pass a layer pass between its boxes.
    for (const [x, y] of points.slice(1, -1))
      for (const node of nodes)
        expect(
          x >= node.x && x <= node.x + node.width && y > node.y && y < node.y + node.height,
          `${from} to ${to} runs through ${node.id}`,
        ).toBe(false);
  }
}

describe('layout', () => {
  it('keeps boxes apart and edges out of them', () => {
    checkLayout(dimuonGraph());
    checkLayout(largeGraph());
    checkLayout({ format: 1, name: 'empty', nodes: [], streams: {} });
  });

  it('does so for any graph', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat({ max: 30 }), { maxLength: 4 }), { minLength: 1, maxLength: 30 }),
        (inputs) => {
          const base = dimuonGraph().nodes[1]!;
          const nodes = inputs.map((from, index) => ({
            ...base,
            id: `n${index}`,
            inputs: from
              .filter((one) => one < index)
              .map((one) => ({ port: 'rows', node: `n${one}`, output: 'rows' })),
          }));
          checkLayout({ format: 1, name: 'any', nodes, streams: {} });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is made of places as near as can be to where they are wanted', () => {
    expect(spread([0, 10, 20], [0, 5, 5])).toEqual([0, 10, 20]);
    expect(spread([0, 0, 0], [0, 4, 4])).toEqual([-4, 0, 4]);
    expect(spread([5, 0], [0, 1])).toEqual([2, 3]);
  });
});

it('draws outcomes with colour and sign', () => {
  const svg = graphSvg(dimuonGraph(), { outcomes: { events: 'done', met: 'failed' } });
  expect(svg).toContain('data-node="met"');
  expect(svg.match(/class="node [^"]*failed"/gu)).toHaveLength(1);
  expect(svg).toContain('✗');
  expect(svg).not.toMatch(/NaN|undefined/u);
  expect(graphSvg(dimuonGraph())).toBe(graphSvg(dimuonGraph()));
});

it('is a tree in the terminal, with the stream down the left side', () => {
  expect(graphText(dimuonGraph(), { ascii: true })).toMatchInlineSnapshot(`
    "events [data.read]
    +- generated [data.group] -> table
    mu_scale [hep.vary]
    objects [data.define]
    weights [data.weight]
    select [hep.cutflow] -> report
    +- n_jets [data.hist] -> histogram
    +- table [data.write] -> files
    region [data.regions]
    +- mass [data.hist] -> histogram
    \`- met [data.hist] -> histogram
       \`- to_lumi [data.merge] -> histogram (and mass, generated)
          \`- figures [render.plot] -> files
    "
  `);
});

it('quotes names for DOT and Mermaid', () => {
  const graph = dimuonGraph();
  graph.nodes = graph.nodes.slice(0, 2);
  graph.nodes[1]!.id = 'a "b"\\ <c>';
  expect(graphDot(graph)).toContain('"events" -> "a \\"b\\"\\\\ <c>"');
  expect(graphMermaid(graph)).toContain('n1["a #34;b#34;\\ #60;c#62;<br/>');
});
