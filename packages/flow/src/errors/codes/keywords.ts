import type { Explanation } from './explanation.ts';

/** Keywords that rewrite tasks. */
export const KEYWORDS: Record<string, Explanation> = {
  'FLOW-K001': {
    title: 'extends an unknown template',
    text: '`extends` names templates (`_name`) or tasks of this workflow, included files counted.',
    wrong: 'mass: {extends: _mas_axis}',
    right: 'mass: {extends: _mass_axis}',
  },
  'FLOW-K002': {
    title: 'templates that extend one another',
    text: 'Following `extends` leads back to where it began.',
    wrong: '_a: {extends: _b}\n_b: {extends: _a}',
    right: '_a: {filter: x > 1}\n_b: {extends: _a}',
  },
  'FLOW-K003': {
    title: 'a matrix that cannot be expanded',
    text: '`matrix` is a map from names to lists of values, or a list of such maps; every instance has the same names. `loop: [a, b]` is `matrix: {item: [a, b]}`.',
    wrong: 'scan: {matrix: {}, filter: x > 1}',
    right: "scan: {matrix: {pt: [20, 30]}, filter: 'x > ${matrix.pt}'}",
  },
  'FLOW-K004': {
    title: 'instances of a matrix that do not exist',
    text: 'A need `{task, matrix}` chooses instances of a task by their values; none of them has these.',
    wrong: 'a: {needs: [{task: scan, matrix: {pt: 25}}], group: {agg: {n: count()}}}',
    right: 'a: {needs: [{task: scan, matrix: {pt: 20}}], group: {agg: {n: count()}}}',
  },
  'FLOW-K005': {
    title: 'a block that cannot be run',
    text: 'A block is a group of tasks with an optional `rescue` and `always`, each a map of tasks. It has no operator of its own, and its tasks cannot need the block they are in.',
    wrong: 'fit: {block: {precise: {needs: [fit], shell: ./fit}}}',
    right: 'fit: {block: {precise: {shell: ./fit}}, rescue: {simple: {shell: ./fit --simple}}}',
  },
  'FLOW-K006': {
    title: 'a name with no match',
    text: 'A task, tag or pattern given on the command line matches nothing in this workflow, so there would be nothing to do.',
    wrong: 'fasthep-flow run flow.yaml --only selct',
    right: 'fasthep-flow run flow.yaml --only select',
  },
  'FLOW-K007': {
    title: 'a stage out of order',
    text: 'With `stages` the labels of tasks have an order, and a task may not need one of a later stage. Stages are no barrier: they are for reports, and for this check.',
    wrong:
      'stages: [select, plot]\n...\nselect: {stage: select, needs: [figure], filter: x > 1}\nfigure: {stage: plot, plot: x.svg}',
    right: 'select: {stage: select, filter: x > 1}',
  },
  'FLOW-K008': {
    title: 'a version of the language that is not known',
    text: 'The workflow asks for a version of the language that this program does not have.',
    wrong: 'version: 7',
    right: 'version: 1',
  },
  'FLOW-K009': {
    title: 'a function that cannot be read',
    text: '`functions` holds macros, `name(a, b): expression`, and corrections, `name: {file, correction}`. A macro sees its parameters and other functions, no fields.',
    wrong: 'functions:\n  mt(lepton: sqrt(lepton.pt)',
    right: 'functions:\n  mt(lepton): sqrt(lepton.pt)',
  },
  'FLOW-K010': {
    title: 'a late value that is not set',
    text: '`${matrix.name}` is known once the matrix of the task, or of the task whose stream it reads, is expanded. The name is not in it.',
    wrong: "scan: {matrix: {pt: [20, 30]}, filter: 'x > ${matrix.p}'}",
    right: "scan: {matrix: {pt: [20, 30]}, filter: 'x > ${matrix.pt}'}",
  },
  'FLOW-K011': {
    title: 'a check of something that has no fields',
    text: '`check` looks at what a task makes: a table, a histogram, a report, plain data. Rows on their way are not kept, and files have no fields: check a product made of them.',
    wrong: 'cut: {filter: pt > 25, check: min(pt) > 25}',
    right: 'low: {group: {agg: {low: min(pt)}}, check: low > 25}',
  },
};
