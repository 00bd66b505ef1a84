import type { Graph } from '@fasthep/flow';
import { cutText, textWidth } from '../text/measure.ts';
import type { Slot } from './layers.ts';
import { orderLayers } from './layers.ts';
import { spread } from './places.ts';
import type { Edge } from './types.ts';
import { edgesOf } from './types.ts';

/** A node with its box. */
export interface PlacedNode {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
  title: string;
  subtitle: string;
}

/** An edge as a row of points, from the right side of one box to the left side of another. */
export interface PlacedEdge extends Edge {
  points: [number, number][];
}

/** A graph from left to right. */
export interface GraphLayout {
  width: number;
  height: number;
  nodes: PlacedNode[];
  edges: PlacedEdge[];
}

const HEIGHT = 38;
const GAP = 12;
const BEND = 8;
const MARGIN = 14;
/** Space between layers: enough for edges to turn. */
const BETWEEN = 46;

/** Layered places of all nodes; boxes do not overlap, edges run left to right around them. */
export function layoutGraph(graph: Graph): GraphLayout {
  const edges = edgesOf(graph);
  const ids = graph.nodes.map((node) => node.id);
  const { slots, chains } = orderLayers(ids, edges);
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const texts = new Map(
    graph.nodes.map((node) => [
      node.id,
      { title: cutText(node.id, 13, 170), subtitle: cutText(node.operator, 11, 170) },
    ]),
  );
  const widthOf = (slot: Slot) => {
    if (slot.node === undefined) return 0;
    const { title, subtitle } = texts.get(slot.node)!;
    return Math.max(64, textWidth(title, 13, true), textWidth(subtitle, 11)) + 42;
  };
  const y = verticalPlaces(slots, chains);
  const lefts: number[] = [];
  let x = MARGIN;
  const widths = slots.map((layer) => Math.max(20, ...layer.map(widthOf)));
  for (const width of widths) {
    lefts.push(x);
    x += width + BETWEEN;
  }
  const placed: PlacedNode[] = [];
  for (const layer of slots)
    for (const slot of layer)
      if (slot.node !== undefined && nodes.has(slot.node))
        placed.push({
          id: slot.node,
          x: lefts[slot.layer]!,
          y: y.get(slot)! - HEIGHT / 2,
          width: widths[slot.layer]!,
          height: HEIGHT,
          ...texts.get(slot.node)!,
        });
  const routed = edges.map((edge, index): PlacedEdge => {
    const points: [number, number][] = [];
    for (const slot of chains[index]!) {
      const at = y.get(slot)!;
      const left = lefts[slot.layer]!;
      const right = left + widths[slot.layer]!;
      if (slot.node === edge.from) points.push([right, at]);
      else if (slot.node === edge.to) points.push([left, at]);
      else points.push([left, at], [right, at]);
    }
    return { ...edge, points };
  });
  const bottom = Math.max(
    HEIGHT,
    ...placed.map((node) => node.y + node.height),
    ...routed.flatMap((edge) => edge.points.map(([, y]) => y + 2)),
  );
  return { width: Math.max(x - BETWEEN, 60) + MARGIN, height: bottom + MARGIN, nodes: placed, edges: routed };
}

function verticalPlaces(slots: readonly Slot[][], chains: readonly Slot[][]): Map<Slot, number> {
  const beside = new Map<Slot, Slot[]>();
  for (const chain of chains)
    for (let at = 0; at + 1 < chain.length; at++) {
      beside.set(chain[at]!, [...(beside.get(chain[at]!) ?? []), chain[at + 1]!]);
      beside.set(chain[at + 1]!, [...(beside.get(chain[at + 1]!) ?? []), chain[at]!]);
    }
  const half = (slot: Slot) => (slot.node === undefined ? BEND / 2 : HEIGHT / 2);
  const gapsOf = (layer: readonly Slot[]) =>
    layer.map((slot, index) => (index === 0 ? 0 : half(layer[index - 1]!) + half(slot) + GAP));
  const y = new Map<Slot, number>();
  for (const layer of slots) {
    let at = 0;
    for (const [index, gap] of gapsOf(layer).entries()) {
      at += gap;
      y.set(layer[index]!, at);
    }
  }
  for (let round = 0; round < 10; round++) {
    const order = round % 2 === 0 ? slots : [...slots].reverse();
    for (const layer of order) {
      const wanted = layer.map((slot) => {
        const around = beside.get(slot) ?? [];
        return around.length === 0
          ? y.get(slot)!
          : around.reduce((sum, one) => sum + y.get(one)!, 0) / around.length;
      });
      for (const [index, place] of spread(wanted, gapsOf(layer)).entries()) y.set(layer[index]!, place);
    }
  }
  const top = Math.min(...[...y].map(([slot, at]) => at - half(slot)), Number.POSITIVE_INFINITY);
  for (const [slot, at] of y) y.set(slot, at - top + MARGIN);
  return y;
}
