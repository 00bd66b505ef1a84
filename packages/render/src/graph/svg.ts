import type { Graph, GraphNode, Outcome } from '@fasthep/flow';
import { element, escapeText, num, svgDocument, tooltip } from '../svg/writer.ts';
import type { PlacedEdge, PlacedNode } from './layout.ts';
import { layoutGraph } from './layout.ts';
import type { GraphNotes } from './types.ts';
import { productsOf } from './types.ts';

/** Colour and sign of each outcome: colour is never the only carrier. */
export const OUTCOMES: Record<Outcome, { color: string; sign: string; word: string }> = {
  done: { color: '#2e8540', sign: '✓', word: 'done' },
  reused: { color: '#3f78c9', sign: '↺', word: 'reused' },
  skipped: { color: '#8a8a8a', sign: '–', word: 'skipped' },
  failed: { color: '#c62828', sign: '✗', word: 'failed' },
  blocked: { color: '#b26a00', sign: '!', word: 'blocked' },
};

/** Stripe at the left of a box, by kind of operator. */
const KINDS: Record<GraphNode['kind'], { color: string; word: string }> = {
  source: { color: '#7a21dd', word: 'reads data' },
  'row-wise': { color: '#5790fc', word: 'works row by row' },
  batch: { color: '#f89c20', word: 'works on batches of rows' },
  whole: { color: '#9c9ca1', word: 'sees its inputs whole' },
};

/** The graph as SVG, left to right; nodes carry `data-node` and their outcome. Equal graphs give equal bytes. */
export function graphSvg(graph: Graph, notes: GraphNotes = {}): string {
  const at = layoutGraph(graph);
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const body = [
    element('rect', { class: 'paper', width: at.width, height: at.height, fill: 'white' }),
    ...at.edges.map(edgeMark),
    ...at.nodes.map((place) => nodeMark(place, nodes.get(place.id)!, notes)),
  ];
  const label = `Graph of ${graph.name}: ${graph.nodes.length} tasks`;
  // Not an image: its nodes can be chosen.
  return svgDocument(at.width, at.height, label, body.join('\n'), { role: 'group', className: 'graph' });
}

function edgeMark(edge: PlacedEdge): string {
  const [first, ...rest] = edge.points;
  let d = `M${num(first![0])} ${num(first![1])}`;
  let [x, y] = first!;
  for (const [index, [toX, toY]] of rest.entries()) {
    // Straight along the boxes of a layer, curved between layers.
    if (index % 2 === 1) d += `L${num(toX)} ${num(toY)}`;
    else {
      const middle = (x + toX) / 2;
      d += `C${num(middle)} ${num(y)} ${num(middle)} ${num(toY)} ${num(toX)} ${num(toY)}`;
    }
    [x, y] = [toX, toY];
  }
  const [endX, endY] = edge.points.at(-1)!;
  const rows = edge.kind === 'rows';
  const color = rows ? '#5790fc' : '#888888';
  return element(
    'g',
    { class: `edge ${edge.kind}`, 'data-from': edge.from, 'data-to': edge.to },
    tooltip(
      `${edge.from}${edge.label ? `.${edge.label}` : ''} → ${edge.to}${edge.kind === 'order' ? ' (order only)' : ''}`,
    ) +
      element('path', {
        d,
        fill: 'none',
        stroke: color,
        'stroke-width': rows ? 2.2 : 1.4,
        'stroke-dasharray': edge.kind === 'order' ? '4 4' : undefined,
      }) +
      element('path', {
        d: `M${num(endX - 6)} ${num(endY - 4)}L${num(endX)} ${num(endY)}L${num(endX - 6)} ${num(endY + 4)}`,
        fill: 'none',
        stroke: color,
        'stroke-width': 1.5,
      }),
  );
}

function nodeMark(place: PlacedNode, node: GraphNode, notes: GraphNotes): string {
  const outcome = notes.outcomes?.[node.id];
  const known = outcome && OUTCOMES[outcome];
  const kind = KINDS[node.kind];
  const { x, y, width, height } = place;
  const lines = [
    node.id,
    `${node.operator}: ${kind.word}`,
    ...(known ? [known.word] : []),
    ...(productsOf(node).length > 0 ? [`gives ${productsOf(node).join(', ')}`] : []),
    ...(notes.notes?.[node.id] ?? []),
  ];
  const texts =
    element(
      'text',
      { class: 'ink-fill', x: x + 14, y: y + 16, 'font-size': 13, 'font-weight': 'bold' },
      escapeText(place.title),
    ) +
    element(
      'text',
      { class: 'ink-fill', x: x + 14, y: y + 31, 'font-size': 11, 'fill-opacity': 0.65 },
      escapeText(place.subtitle),
    );
  return element(
    'g',
    { class: `node ${node.kind}${outcome ? ` ${outcome}` : ''}`, 'data-node': node.id },
    tooltip(lines.join('\n')) +
      element('rect', {
        class: 'box',
        x,
        y,
        width,
        height,
        rx: 6,
        fill: '#fbfbfd',
        stroke: known?.color ?? '#9a9aa5',
        'stroke-width': known ? 1.8 : 1.2,
      }) +
      element('path', {
        d: `M${num(x + 6)} ${num(y + 6)}v${num(height - 12)}`,
        stroke: kind.color,
        'stroke-width': 3.5,
        'stroke-linecap': 'round',
      }) +
      texts +
      (known
        ? element(
            'text',
            {
              class: 'sign',
              x: x + width - 9,
              y: y + 17,
              'font-size': 14,
              'font-weight': 'bold',
              'text-anchor': 'end',
              fill: known.color,
            },
            known.sign,
          )
        : ''),
  );
}
