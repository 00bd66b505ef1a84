import type { Explanation } from './explanation.ts';

/** Who reads what. */
export const NEEDS: Record<string, Explanation> = {
  'FLOW-N001': {
    title: 'needs an unknown task',
    text: '`needs` names tasks of this workflow, outputs of them (`task.port`) and blocks. Templates (`_name`) never run and cannot be needed.',
    wrong: 'mass: {needs: [selct], hist: {x: {field: m}}}',
    right: 'mass: {needs: [select], hist: {x: {field: m}}}',
  },
  'FLOW-N002': {
    title: 'needs an unknown output',
    text: 'The task has no output of this name.',
    wrong: 'table: {needs: [select.reprot], write: cutflow.csv}',
    right: 'table: {needs: [select.report], write: cutflow.csv}',
  },
  'FLOW-N003': {
    title: 'reads something of the wrong kind',
    text: 'Rows, histograms, tables and reports are different things. What the task reads does not fit its operator. Without `needs`, a task that reads rows reads the stream, and a task that reads a product reads the task directly above it; say with `needs` what else is meant.',
    wrong:
      'spectrum: {hist: {x: {field: pt}}}\ncounts: {group: {agg: {n: count()}}}\nratio: {efficiency: {of: passed}}      # reads counts, a table',
    right: 'ratio: {needs: [spectrum], efficiency: {of: passed}}',
  },
  'FLOW-N004': {
    title: 'nothing to read',
    text: 'The task reads rows or a product, and there is none above it, or `needs` gives none.',
    wrong: 'tasks:\n  select: {filter: x > 1}',
    right: 'tasks:\n  rows: {read: data.csv}\n  select: {filter: x > 1}',
  },
  'FLOW-N005': {
    title: 'tasks that wait for one another',
    text: 'Following `needs` and results in conditions leads back to where it began, so none of these tasks could start. Take one of the edges away.',
    wrong: 'a: {needs: [b], filter: x > 1}\nb: {needs: [a], filter: x > 2}',
    right: 'a: {filter: x > 1}\nb: {needs: [a], filter: x > 2}',
  },
  'FLOW-N006': {
    title: 'needs a task that is left out',
    text: 'The task exists, but is left out of this run by its `rules`, `when` or `tags`. A task of rows passes its stream on; one that makes a product leaves a gap. Say `{task: name, optional: true}` if it can do without.',
    wrong:
      'quick: {when: campaign.quick, group: {agg: {n: count()}}}\ntable: {needs: [quick], write: quick.csv}',
    right: 'table: {needs: [{task: quick, optional: true}], write: quick.csv}',
  },
  'FLOW-N007': {
    title: 'too many or too few inputs',
    text: 'An operator has ports for what it reads. In a list the needs fill them in order; a map names them. To wait for a task without reading it, write `{task: name, data: false}`.',
    wrong: 'mass: {needs: [select, weights], hist: {x: {field: m}}}',
    right: 'mass: {needs: [select, {task: weights, data: false}], hist: {x: {field: m}}}',
  },
  'FLOW-N008': {
    title: 'needs that cannot be read',
    text: '`needs` is a list of names and of `{task, data, optional, matrix}`, or a map from ports to names. `needs: []` reads nothing and starts at once.',
    wrong: 'mass: {needs: select, hist: {x: {field: m}}}',
    right: 'mass: {needs: [select], hist: {x: {field: m}}}',
  },
  'FLOW-N009': {
    title: 'a task with several outputs',
    text: 'The task gives several outputs, none of which is its main one. Say which is meant: `task.port`.',
    wrong: 'source: {read: {files: a.root, trees: {hits: Hits, runs: Runs}}}\nlong: {filter: livetime > 600}',
    right: 'long: {needs: [source.runs], filter: livetime > 600}',
  },
  'FLOW-N010': {
    title: 'rows that are looked up in themselves',
    text: 'A join reads its first input partition by partition and the others piece by piece, so they cannot be the same stream. Open the data a second time.',
    wrong: 'events: {read: a.root}\nboth: {needs: {left: events, other: events}, join: {other: [run]}}',
    right:
      'events: {read: a.root}\nagain: {needs: [], read: a.root}\nboth: {needs: {left: events, other: again}, join: {other: [run]}}',
  },
  'FLOW-N011': {
    title: 'regions or variations above an operator that makes other rows',
    text: 'They are labels of the stream, not columns, so they cannot follow the rows into an operator like `explode` or `join`. Put the task that makes them below it.',
    wrong: 'region: {regions: {low: met < 50, high: met >= 50}}\nobjects: {explode: Muon}',
    right: 'objects: {explode: Muon}\nregion: {regions: {low: met < 50, high: met >= 50}}',
  },
};
