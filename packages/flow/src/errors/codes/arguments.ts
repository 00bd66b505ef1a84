import type { Explanation } from './explanation.ts';

/** Arguments of operators. */
export const ARGUMENTS: Record<string, Explanation> = {
  'FLOW-A001': {
    title: 'an argument with a value of the wrong kind',
    text: 'The value does not fit what the operator takes there.',
    wrong: 'spectrum: {hist: {x: {field: pt, bins: sixty}}}',
    right: 'spectrum: {hist: {x: {field: pt, bins: [60, 0, 120]}}}',
  },
  'FLOW-A002': {
    title: 'an unknown argument',
    text: 'The operator has no argument of this name.',
    wrong: 'smallest: {sort: {by: [radius], limt: 12}}',
    right: 'smallest: {sort: {by: [radius], limit: 12}}',
  },
  'FLOW-A003': {
    title: 'a missing argument',
    text: 'The operator cannot do without this argument.',
    wrong: 'smallest: {sort: {limit: 12}}',
    right: 'smallest: {sort: {by: [radius], limit: 12}}',
  },
  'FLOW-A004': {
    title: 'no main argument',
    text: 'A text or a list is short for the main argument of an operator. This operator has none: give a map of arguments by name, or of your own names.',
    wrong: 'more: {define: x * 2}',
    right: 'more: {define: {double: x * 2}}',
  },
};
