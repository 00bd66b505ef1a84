import type { Explanation } from './types.ts';

/** What operators complain of. */
export const OPERATORS: Record<string, Explanation> = {
  'data.field': {
    title: 'no such field',
    text: 'The rows that the operator sees have no field of this name. After a `project` only its fields are there; names of collections are spelled with a dot or an underscore.',
  },
  'data.explode': {
    title: 'something to explode that is no list',
    text: '`explode` makes one row for each item of lists that have equal lengths in each row, or for each object of a collection.',
    right: 'planets: {explode: [planet_name, planet_radius]}',
  },
  'data.attached': {
    title: 'weights, regions or variations above an operator that makes other rows',
    text: 'They are attached to the rows of the stream and do not pass through an operator like `explode`. Put the task that makes them below it.',
  },
  'data.merge': {
    title: 'a merge that cannot be done',
    text: '`over` names labels of the histogram (dataset, a region, variation), `by` a word that every dataset of the catalogue has. `scale` is worked out for each dataset and must be a number. Measured and simulated datasets are never added up.',
    right: 'total: {merge: {over: dataset, by: process, scale: 59.7 * dataset.xsec}}',
  },
  'data.efficiency': {
    title: 'an efficiency of something that is not passed or failed',
    text: 'The axis that `of` names must be boolean: fill the histogram with the condition itself.',
    right:
      'turn_on: {hist: {axes: {pt: {field: pt, bins: [20, 0, 100]}, passed: trigger}}}\nefficiency: {efficiency: passed}',
  },
  'data.write': {
    title: 'a product that cannot be written like this',
    text: 'Tables are written as csv, json, parquet or arrow, histograms as json (UHI) or csv. Several products need a placeholder in the name, `{task}`, unless they are tables that go into one file. A placeholder is a label of the product, or a column of text.',
    right: 'save: {write: "{task}_{dataset}.{json,csv}"}',
  },
  'data.bytes': {
    title: 'a stored result that cannot be read',
    text: 'The bytes in the store are not what was put there. `fasthep-flow cache verify` finds and drops damaged entries; they are then made again.',
  },
};
