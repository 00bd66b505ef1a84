/** Graphs to look at: a usual analysis, and a large one. */
import type { Graph, GraphNode, GraphOutput } from '@fasthep/flow';

function node(
  id: string,
  operator: string,
  kind: GraphNode['kind'],
  inputs: string[],
  outputs: string[],
): GraphNode {
  return {
    id,
    task: id,
    operator,
    semantics: 1,
    kind,
    args: {},
    inputs: inputs.map((input) => {
      const [from, output] = input.split('.');
      return { port: 'rows', node: from!, output: output ?? 'rows' };
    }),
    outputs: Object.fromEntries(outputs.map((output): [string, GraphOutput] => [output, { type: output }])),
    control: {},
    source: `/tasks/${id}`,
  };
}

/** The dimuon analysis of the manual. */
export function dimuonGraph(): Graph {
  const nodes = [
    node('events', 'data.read', 'source', [], ['rows']),
    node('generated', 'data.group', 'row-wise', ['events'], ['table']),
    node('mu_scale', 'hep.vary', 'row-wise', ['events'], ['rows']),
    node('objects', 'data.define', 'row-wise', ['mu_scale'], ['rows']),
    node('weights', 'data.weight', 'row-wise', ['objects'], ['rows']),
    node('select', 'hep.cutflow', 'row-wise', ['weights'], ['rows', 'report']),
    node('n_jets', 'data.hist', 'row-wise', ['select'], ['histogram']),
    node('region', 'data.regions', 'row-wise', ['select'], ['rows']),
    node('mass', 'data.hist', 'row-wise', ['region'], ['histogram']),
    node('met', 'data.hist', 'row-wise', ['region'], ['histogram']),
    node(
      'to_lumi',
      'data.merge',
      'whole',
      ['mass.histogram', 'met.histogram', 'generated.table'],
      ['histogram'],
    ),
    node('figures', 'render.plot', 'whole', ['to_lumi.histogram'], ['files']),
    node('table', 'data.write', 'whole', ['select.report'], ['files']),
  ];
  return { format: 1, name: 'dimuon', nodes, streams: {} };
}

/** Sixty tasks: two sources, a long selection, many histograms and figures. */
export function largeGraph(): Graph {
  const nodes = [
    node('events', 'data.read', 'source', [], ['rows']),
    node('runs', 'data.read', 'source', [], ['rows']),
  ];
  nodes.push(node('good_runs', 'data.filter', 'row-wise', ['runs'], ['rows']));
  nodes.push(node('joined', 'data.join', 'batch', ['events', 'good_runs'], ['rows']));
  let above = 'joined';
  for (const step of ['muons', 'jets', 'pairs', 'weights', 'select', 'region']) {
    nodes.push(node(step, 'data.define', 'row-wise', [above], ['rows']));
    above = step;
  }
  for (let k = 0; k < 24; k++) {
    const from = ['muons', 'jets', 'pairs', 'region'][k % 4]!;
    nodes.push(node(`hist_${k}`, 'data.hist', 'row-wise', [from], ['histogram']));
  }
  nodes.push(
    node(
      'scaled',
      'data.merge',
      'whole',
      Array.from({ length: 24 }, (_, k) => `hist_${k}.histogram`),
      ['histogram'],
    ),
  );
  for (let k = 0; k < 24; k++)
    nodes.push(
      node(
        `figure_${k}_with_a_long_name`,
        'render.plot',
        'whole',
        [k % 2 ? 'scaled.histogram' : `hist_${k}.histogram`],
        ['files'],
      ),
    );
  nodes.push(node('lone', 'core.shell', 'whole', [], ['files']));
  return { format: 1, name: 'large', nodes, streams: {} };
}
