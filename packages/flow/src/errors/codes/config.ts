import type { Explanation } from './explanation.ts';

/** Config: YAML, interpolation, includes, overrides. The keys are the codes of `@fasthep/config`. */
export const CONFIG_CODES: Record<string, string> = {
  'yaml-syntax': 'FLOW-C001',
  'duplicate-key': 'FLOW-C002',
  limit: 'FLOW-C003',
  'interpolation-syntax': 'FLOW-C004',
  'interpolation-key': 'FLOW-C005',
  'interpolation-cycle': 'FLOW-C006',
  'interpolation-eval': 'FLOW-C007',
  missing: 'FLOW-C008',
  validation: 'FLOW-C009',
  'unknown-key': 'FLOW-C010',
  key: 'FLOW-C011',
  type: 'FLOW-C012',
  readonly: 'FLOW-C013',
  'override-syntax': 'FLOW-C014',
  override: 'FLOW-C015',
  composition: 'FLOW-C016',
  include: 'FLOW-C017',
  params: 'FLOW-C018',
  file: 'FLOW-C019',
  instantiate: 'FLOW-C020',
};

/** How config is written and composed. */
export const CONFIG: Record<string, Explanation> = {
  'FLOW-C001': {
    title: 'not valid YAML',
    text: 'The text cannot be read as YAML. Common causes: a tab in the indentation; a text with `: ` in it, or one that begins with `[ { * & ! % @` or a backquote, without quotes.',
    wrong: 'select: {filter: *x > 1}',
    right: "select: {filter: '*x > 1'}",
  },
  'FLOW-C002': {
    title: 'a key twice',
    text: 'A map has the same key twice, and one of the values would be lost.',
    wrong: 'cuts: {pt: 20, pt: 25}',
    right: 'cuts: {pt: 25}',
  },
  'FLOW-C003': {
    title: 'too deep or too large',
    text: 'The document is nested too deeply, or its aliases expand to too many nodes.',
  },
  'FLOW-C004': {
    title: 'an interpolation that cannot be read',
    text: 'A `${...}` is not closed, or is not spelled as the grammar wants it.',
    wrong: 'filter: "pt > ${selection.pt"',
    right: 'filter: "pt > ${selection.pt}"',
  },
  'FLOW-C005': {
    title: 'a value that is not set',
    text: '`${a.b}` names a key of the composed config. There is none of this name.',
    wrong: 'selection: {pt: 25}\n...\nfilter: pt > ${selection.ptt}',
    right: 'filter: pt > ${selection.pt}',
  },
  'FLOW-C006': {
    title: 'interpolations in a circle',
    text: 'Following `${...}` leads back to where it began.',
    wrong: 'a: ${b}\nb: ${a}',
    right: 'a: 1\nb: ${a}',
  },
  'FLOW-C007': {
    title: 'an interpolation that fails',
    text: 'The value of a `${...}` could not be computed.',
  },
  'FLOW-C008': {
    title: 'a value that must be given',
    text: '`???` marks a value that has to be given before it is read: in another file, or on the command line.',
    wrong: 'lumi: ???',
    right: 'fasthep-flow run flow.yaml lumi=59700',
  },
  'FLOW-C009': {
    title: 'a value of the wrong type',
    text: 'The value does not fit the type that is declared for it.',
  },
  'FLOW-C010': { title: 'an unknown key', text: 'The key is not among those that are declared.' },
  'FLOW-C011': { title: 'no such key', text: 'The key does not exist in the config.' },
  'FLOW-C012': { title: 'the wrong kind of node', text: 'The operation does not fit this kind of node.' },
  'FLOW-C013': { title: 'read-only config', text: 'This part of the config cannot be changed.' },
  'FLOW-C014': {
    title: 'an override that cannot be read',
    text: 'Trailing words of a command are overrides in the grammar of Hydra: `key=value`, `+new=value`, `~gone`. Expressions are quoted inside the quotes of the shell.',
    wrong: "fasthep-flow run flow.yaml 'tasks.select.filter=x > 1'",
    right: 'fasthep-flow run flow.yaml \'tasks.select.filter="x > 1"\'',
  },
  'FLOW-C015': {
    title: 'an override that does not fit',
    text: 'An override changes a key that exists. To add a new one, write `+key=value`.',
    wrong: 'fasthep-flow run flow.yaml selection.eta=2.4',
    right: 'fasthep-flow run flow.yaml +selection.eta=2.4',
  },
  'FLOW-C016': {
    title: 'config that cannot be composed',
    text: 'The `defaults` list names a group or an option that is not in the config folder, or is not a list.',
  },
  'FLOW-C017': {
    title: 'an include that is not there',
    text: 'An included file was not found, a pattern matched none, or files include one another. Paths start in the folder of the file that includes.',
  },
  'FLOW-C018': {
    title: 'a parameter that does not fit',
    text: 'A file with `params` is included with values of its parameters: those without a default must be given, in the declared type and among the options.',
    wrong: 'include: [{file: objects.yaml, with: {muon_pt: high}}]',
    right: 'include: [{file: objects.yaml, with: {muon_pt: 25}}]',
  },
  'FLOW-C019': { title: 'a file that cannot be read', text: 'The file does not exist, or must not be read.' },
  'FLOW-C020': {
    title: 'a target that cannot be made',
    text: 'A `_target_` names nothing that can be made.',
  },
};
