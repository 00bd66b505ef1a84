import type { Graph, GraphNode, Outcome } from '@fasthep/flow';

/** What is said about the nodes of a graph beside the graph itself. */
export interface GraphNotes {
  /** By node id. */
  outcomes?: Record<string, Outcome>;
  /** Lines under the tooltip of a node. */
  notes?: Record<string, string[]>;
}

/** An edge between two nodes, with what flows along it. */
export interface Edge {
  from: string;
  to: string;
  kind: 'rows' | 'product' | 'order';
  /** Output of the first node, where it is not its only one. */
  label?: string;
}

/** The edges of a graph, one for each pair of nodes and kind. Inputs that lead nowhere are left out. */
export function edgesOf(graph: Graph): Edge[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const seen = new Map<string, Edge>();
  for (const node of graph.nodes)
    for (const input of node.inputs) {
      const from = nodes.get(input.node);
      if (!from || from.id === node.id) continue;
      const type = from.outputs[input.output]?.type;
      const kind = input.order ? 'order' : type === 'rows' ? 'rows' : 'product';
      const key = JSON.stringify([from.id, node.id, kind]);
      if (seen.has(key)) continue;
      const several = Object.keys(from.outputs).length > 1 && input.output !== 'rows';
      seen.set(key, { from: from.id, to: node.id, kind, ...(several ? { label: input.output } : {}) });
    }
  return [...seen.values()];
}

/** Types of the products of a node: what is not rows. */
export function productsOf(node: GraphNode): string[] {
  return [...new Set(Object.values(node.outputs).map((output) => output.type))].filter(
    (type) => type !== 'rows',
  );
}
