/** Pages of the error codes of figures, for `fasthep-flow explain CODE`. */
export const explanations = {
  'plot.out': {
    title: 'a file that a figure cannot be drawn into',
    text: 'The ending says the format: .svg, .png or .json (the numbers). `{svg,json}` asks for several; `{task}`, `{dataset}` or another label of the product for one figure each.',
    wrong: 'figure: {plot: mass.pdf}',
    right: 'figure: {plot: "mass_{dataset}.{svg,json}"}',
  },
  'plot.kind': {
    title: 'a product that cannot be drawn like this',
    text: 'Histograms are drawn as lines, stack or map, tables as bar or points. Without `kind` it follows from the product.',
  },
  'plot.stack': {
    title: 'nothing to stack along',
    text: '`stack` names a label of the histogram, such as dataset or process; its entries of kind data are drawn as points.',
    right: 'figure: {plot: {stack: dataset, out: mass.svg}}',
  },
  'plot.band': {
    title: 'an uncertainty band of something that is not there',
    text: '`band` is stat, all, or names of variations that the histogram has.',
  },
  'plot.columns': {
    title: 'a column that is not there, or cannot be drawn',
    text: 'For tables `x` and `y` name columns; the message lists them. Axes of histograms are fixed: `x`, `y` and `z` then only say their look (label, log, range).',
  },
  'plot.axis': { title: 'an axis that is not there', text: 'The message lists the axes of the product.' },
  'plot.axes': {
    title: 'products that do not fit into one figure',
    text: 'Histograms that are drawn over one another have the same axis. Use `{task}` in `out` for a figure of each.',
  },
  'plot.dimensions': {
    title: 'too many axes for one figure',
    text: 'A figure shows one or two axes of numbers. Name labels in `out` to get a figure for each of their values, or add up with `merge`.',
  },
  'plot.map': {
    title: 'a map that cannot be drawn',
    text: 'A map shows one histogram with two axes of numbers.',
  },
  'plot.input': {
    title: 'nothing to draw',
    text: 'A plot reads the task directly above it, or those that `needs` names: histograms, tables or reports.',
  },
  'plot.style': {
    title: 'a style that is not known',
    text: 'The message names the key; `fasthep-flow explain plot` lists them.',
  },
  'plot.palette': {
    title: 'a palette that is not known',
    text: 'Give a name that the message lists, or a list of colours.',
  },
};
