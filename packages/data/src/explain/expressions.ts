import type { Explanation } from './types.ts';

/** What can be wrong with expressions, programs and axes. */
export const EXPRESSIONS: Record<string, Explanation> = {
  syntax: {
    title: 'a text that is no expression',
    text: 'Expressions are written as in Python: `and`, `or`, `not`, comparisons that may be chained, `x[i]`, `f(x, key=y)`. Inside the braces of YAML quote what has a comma or a bracket.',
    wrong: 'select: {filter: pt > 25 && nJet > 2}',
    right: 'select: {filter: pt > 25 and nJet > 2}',
  },
  operator: {
    title: 'an operator of another language, or one that would not mean what it seems to',
    text: '`&` and `|` bind tighter than comparisons. Write `and` and `or`, which work element by element, or set brackets.',
    wrong: 'select: {filter: nPV > 10 & run == 1}',
    right: 'select: {filter: nPV > 10 and run == 1}',
  },
  'unknown-name': {
    title: 'no field of this name',
    text: 'An expression sees the fields of its stream as the nearest task above left it, `dataset.*`, and functions. `X.y` and `X_y` are one name. Names of odd spelling go in backquotes.',
  },
  'unknown-member': {
    title: 'no such part of a collection or record',
    text: 'A collection has the columns of the file that begin with its name, and the fields that tasks above added to it. Four-vectors also have px, py, pz, pt, eta, phi, mass, energy and p.',
  },
  'unknown-function': {
    title: 'no such function',
    text: 'Only documented functions can be called, and those under `functions:` in the workflow.',
    right: 'functions:\n  mt(lepton, met): sqrt(2 * lepton.pt * met.pt * (1 - cos(delta_phi(lepton, met))))',
  },
  arguments: {
    title: 'a function called with the wrong arguments',
    text: 'The message shows how the function is called.',
  },
  type: {
    title: 'an operation that does not fit its operands',
    text: 'Every value belongs to the row, to its objects, or to objects of objects. A selection of rows needs one condition for each row: reduce with `any(…)` or `all(…)`, or select objects with a mask. Objects of two collections meet in `cartesian`, `nearest` and `concat` only.',
    wrong: 'select: {filter: Muon.pt > 25}',
    right: 'select: {filter: any(Muon.pt > 25)}',
  },
  value: {
    title: 'a value that makes no sense here',
    text: 'The message says which; a field that is defined by itself is one of these.',
  },
  'program.name': {
    title: 'a field that exists, or does not',
    text: '`define` makes new fields, `redefine` replaces existing ones; in `redefine` every name means its value before the task.',
    wrong: 'scale: {define: {Jet.pt: Jet.pt * 1.02}}',
    right: 'scale: {redefine: {Jet.pt: Jet.pt * 1.02}}',
  },
  'program.collections': {
    title: 'a collection that cannot be',
    text: '`collections` of `read` names the columns of a collection, as a list or as a map of member to column. They are columns of the source; all of them lists, or all of them values of the row.',
    right: 'events: {read: {files: ntuple.root, collections: {lepton: {pt: lep_pt, eta: lep_eta}}}}',
  },
  'program.label': {
    title: 'no such region',
    text: '`needs: [region.signal]` goes on with one of the regions that the task makes.',
  },
  'program.weight': {
    title: 'a missing weight',
    text: 'A weight that is missing in a row is an error, because leaving the row out or counting it would both be wrong. Use `fill_none(x, 1)` where that is what is meant.',
  },
  'hist.axis': {
    title: 'an axis that cannot be',
    text: '`bins: [n, low, high]` has at least one bin, and its lower end below its upper one; `edges` rise. Integers, booleans and texts need neither, other numbers do.',
    wrong: 'mass: {hist: {x: {field: m, bins: [60, 120, 60]}}}',
    right: 'mass: {hist: {x: {field: m, bins: [60, 60, 120]}}}',
  },
  'hist.axes': {
    title: 'axes that do not go together',
    text: 'Each axis of a histogram has a name of its own: where two have the same field, name one of them. Two object-level axes must belong to one collection. Histograms add up only if their axes are the same.',
    right: 'plane: {hist: {x: {field: eta, bins: [5, -2, 2]}, y: {field: eta, name: eta2, edges: [0, 1]}}}',
  },
  'hist.size': {
    title: 'a histogram with too many cells',
    text: 'Cells are the product of the bins of all axes and labels. Use fewer bins or axes.',
  },
};
