import type { Explanation } from './types.ts';

/** What can be wrong with files and catalogues. */
export const READING: Record<string, Explanation> = {
  'data.file-missing': {
    title: 'there is no such file',
    text: 'Paths are relative to the file that says them, on the command line to the current folder. With `bad_files: skip` missing and broken files are left out and listed.',
    wrong: 'events: {read: data/ntupel.root}',
    right: 'events: {read: data/ntuple.root}',
  },
  'data.glob-empty': {
    title: 'no file matches a pattern',
    text: '`*` and `?` stand for characters of one name, `**` for any number of folders, `{a,b}` for either. A pattern that matches nothing is nearly always a mistake, so it is an error even with `bad_files: skip`.',
    right: 'events: {read: "data/**/run*.root"}',
  },
  'data.no-files': {
    title: 'nothing to read',
    text: 'The source needs `files:` (a path, a pattern or a list), or `datasets:` (a catalogue, in which each dataset has files).',
    right: 'events: {read: {files: [a.root, b.root], tree: Events}}',
  },
  'data.file-broken': {
    title: 'a file that cannot be read',
    text: 'It is empty or cut off. Copy it again, take it off the list, or say `bad_files: skip`.',
  },
  'data.file-changed': {
    title: 'a file changed while the workflow ran',
    text: 'What a file holds is noted before anything is planned, and results are kept under that content. A file that has become another one since fails its task, so that no result mixes the two. Run again: the new content is then taken into account.',
  },
  'data.format-unknown': {
    title: 'an unknown file format',
    text: 'The format follows from the ending of the path, else from the first bytes of the file. For a file without an ending say `format:`. Packs bring formats: csv, tsv, json, jsonl, parquet and arrow come with `data`, root with `hep`.',
    right: 'stars: {read: {files: catalogue.dat, format: csv}}',
  },
  'data.tree-missing': {
    title: 'no such tree in a file',
    text: '`fasthep-flow inspect FILE` shows the trees of a file. A dataset of the catalogue, or a file written as `{path, tree}`, may have its own.',
    wrong: 'events: {read: {files: a.root, tree: Event}}',
    right: 'events: {read: {files: a.root, tree: Events}}',
  },
  'data.tree-ambiguous': {
    title: 'a file with several trees',
    text: 'Say which one is meant, or take several: `trees:` gives one output for each.',
    right: 'source: {read: {files: a.root, trees: {events: Events, runs: Runs}}}',
  },
  'data.schema-differs': {
    title: 'files of one dataset that do not agree',
    text: 'A dataset has one schema. A column of another type in one of its files is an error: make two datasets of them. A column that some files lack cannot be used, of which a warning tells.',
  },
  'data.column-missing': {
    title: 'no such column to rename',
    text: 'In `rename:` the new name stands on the left, the name in the file on the right.',
    right: 'events: {read: {files: a.root, rename: {met: "MET (corrected)"}}}',
  },
  'data.column-twice': {
    title: 'a new name that exists already',
    text: 'A renamed column would hide another one of the file. Choose another name.',
  },
  'data.catalogue': {
    title: 'a catalogue with a mistake',
    text: 'Each dataset has a name of its own and its files; `files:` beside `datasets:` would belong to none of them.',
    right: 'datasets:\n  - {name: dy, kind: mc, files: [dy_1.root, dy_2.root]}',
  },
};
