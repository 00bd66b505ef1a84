import type { Explanation } from './types.ts';

/** What can be wrong with joins. */
export const JOINS: Record<string, Explanation> = {
  'data.join': {
    title: 'a join that does not say what belongs together',
    text: '`needs` names the streams (`left` and others), and the join says for each other how it is brought to the rows of `left`: keys that both have, or `entry` for the same row number. Keys are whole numbers, texts or booleans. Fields of the others get the name of their input in front, so no field of `left` may look like one of these.',
    wrong: 'both: {needs: {left: events, truth: source.truth}, join: {truht: [run, event]}}',
    right: 'both: {needs: {left: events, truth: source.truth}, join: {truth: [run, event]}}',
  },
  'data.join-key-twice': {
    title: 'several rows with one key',
    text: 'A key that is looked up must lead to one row. Where an event has several (hits, candidates), `many: list` makes a collection of them; or bring them to one row with `group` before. A key twice in `left` is always fine.',
    right: 'both: {needs: {left: events, hit: source.hits}, join: {hit: {by: [event], many: list}}}',
  },
  'data.join-entry': {
    title: 'rows without their numbers',
    text: 'Joining by row number needs every row of both sides as the files have them. Join first, filter the joined rows; or join by keys.',
  },
  'data.join-entries': {
    title: 'trees of unequal lengths',
    text: 'Rows are joined by their number, so both sides must have as many. `mismatch: truncate` takes the rows that both have, `mismatch: pad` leaves missing what the shorter one lacks.',
    right: 'both: {needs: {left: events, l1: source.l1}, join: {l1: {by: entry, mismatch: truncate}}}',
  },
  'data.join-nothing': {
    title: 'a dataset without rows to look up',
    text: 'Rows are looked up in the dataset of the same name, or in the only one that the other stream has.',
  },
};
