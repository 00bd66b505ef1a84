import type { Graph } from '@fasthep/flow';
import type { Edge, GraphNotes } from './types.ts';
import { edgesOf, productsOf } from './types.ts';

/** Graphviz: `dot -Tsvg`. */
export function graphDot(graph: Graph): string {
  const quote = (text: string) => `"${text.replace(/[\\"]/gu, '\\$&').replaceAll('\n', '\\n')}"`;
  const lines = [
    `digraph ${quote(graph.name)} {`,
    '  rankdir=LR;',
    '  node [shape=box, style=rounded, fontname=Helvetica];',
  ];
  for (const node of graph.nodes) {
    const shape = node.kind === 'source' ? ', shape=cylinder' : '';
    // A line break of Graphviz is written with one backslash.
    const label = `${quote(node.id).slice(0, -1)}\\n${quote(node.operator).slice(1)}`;
    lines.push(`  ${quote(node.id)} [label=${label}${shape}];`);
  }
  for (const edge of edgesOf(graph)) {
    const style = edge.kind === 'order' ? ', style=dashed' : edge.kind === 'rows' ? ', penwidth=2' : '';
    lines.push(`  ${quote(edge.from)} -> ${quote(edge.to)} [label=${quote(edge.label ?? '')}${style}];`);
  }
  return `${lines.join('\n')}\n}\n`;
}

/** Mermaid, as GitHub and GitLab draw it in Markdown. */
export function graphMermaid(graph: Graph): string {
  const ids = new Map(graph.nodes.map((node, index) => [node.id, `n${index}`]));
  const safe = (text: string) =>
    text.replace(/[&<>"#;]/gu, (one) => `#${one.codePointAt(0)};`).replaceAll('\n', ' ');
  const lines = ['flowchart LR'];
  for (const node of graph.nodes) {
    const [open, close] = node.kind === 'source' ? ['[(', ')]'] : ['[', ']'];
    lines.push(
      `  ${ids.get(node.id)}${open}"${safe(node.id)}<br/><small>${safe(node.operator)}</small>"${close}`,
    );
  }
  for (const edge of edgesOf(graph)) {
    const arrow = edge.kind === 'order' ? '-.->' : edge.kind === 'rows' ? '==>' : '-->';
    const label = edge.label ? `|"${safe(edge.label)}"|` : '';
    lines.push(`  ${ids.get(edge.from)} ${arrow}${label} ${ids.get(edge.to)}`);
  }
  return `${lines.join('\n')}\n`;
}

/**
 * For the terminal: the stream of rows down the left side, one line for each task, what reads it further in.
 * A task with several inputs stands under the last of them and names the others.
 */
export function graphText(graph: Graph, options: { ascii?: boolean; notes?: GraphNotes } = {}): string {
  const marks = options.ascii
    ? { branch: '+- ', last: '`- ', down: '|  ', none: '   ' }
    : { branch: '├─ ', last: '└─ ', down: '│  ', none: '   ' };
  const edges = edgesOf(graph);
  const rank = new Map(graph.nodes.map((node, index) => [node.id, index]));
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const parent = new Map<string, Edge>();
  for (const edge of edges) {
    const before = parent.get(edge.to);
    if (!before || better(edge, before, rank)) parent.set(edge.to, edge);
  }
  const children = new Map<string, string[]>();
  for (const [to, edge] of parent) children.set(edge.from, [...(children.get(edge.from) ?? []), to]);
  const lines: string[] = [];
  const describe = (id: string) => {
    const node = nodes.get(id)!;
    const others = edges.filter((edge) => edge.to === id && edge !== parent.get(id)).map((edge) => edge.from);
    const products = productsOf(node);
    const outcome = options.notes?.outcomes?.[id];
    return [
      id,
      `[${node.operator}]`,
      ...(products.length > 0 ? [`${options.ascii ? '->' : '→'} ${products.join(', ')}`] : []),
      ...(others.length > 0 ? [`(and ${others.join(', ')})`] : []),
      ...(outcome ? [`${outcome}`] : []),
    ].join(' ');
  };
  // A chain of rows goes straight down; everything else that reads a task hangs off it.
  const walk = (id: string, before: string) => {
    for (let at: string | undefined = id; at !== undefined; ) {
      const readers: string[] = (children.get(at) ?? []).sort((a, b) => rank.get(a)! - rank.get(b)!);
      const next: string | undefined = readers.findLast((one) => isStream(nodes.get(one)!.outputs));
      const side = readers.filter((one) => one !== next);
      for (const [index, one] of side.entries()) {
        const last = index === side.length - 1 && next === undefined;
        lines.push(before + (last ? marks.last : marks.branch) + describe(one));
        walk(one, before + (last ? marks.none : marks.down));
      }
      if (next !== undefined) lines.push(before + describe(next));
      at = next;
    }
  };
  for (const node of graph.nodes)
    if (!parent.has(node.id)) {
      lines.push(describe(node.id));
      walk(node.id, '');
    }
  return `${lines.join('\n')}\n`;
}

function better(edge: Edge, before: Edge, rank: Map<string, number>): boolean {
  const weight = (one: Edge) => (one.kind === 'order' ? -1e6 : 0) + rank.get(one.from)!;
  return weight(edge) > weight(before);
}

function isStream(outputs: Record<string, { type: string }>): boolean {
  return Object.values(outputs).some((output) => output.type === 'rows');
}
