import type { Json, JsonObject, JsonSchema, Operator } from '@fasthep/flow';
import { readArguments } from './arguments.ts';
import { openRows } from './open.ts';
import { surveyFiles } from './survey.ts';

const files: JsonSchema = {
  description:
    'A path, a pattern (`data/*.root`, `**` for any folders), or a list of these. `{path, tree}` names the tree of some files.',
  type: ['string', 'array', 'object'],
  items: {
    type: ['string', 'object'],
    properties: { path: { type: 'string' }, tree: { type: 'string' } },
    required: ['path'],
    additionalProperties: false,
  },
  properties: { path: { type: ['string', 'array'], items: { type: 'string' } }, tree: { type: 'string' } },
  required: ['path'],
  additionalProperties: false,
  examples: ['ntuple.root', ['run1.root', 'run2.root'], 'data/*.parquet'],
};

const parameters: JsonSchema = {
  type: 'object',
  properties: {
    files,
    datasets: {
      description:
        'The catalogue: every product is then made for each dataset. Keys beside these are `dataset.<key>`.',
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        properties: {
          name: { type: 'string', description: 'Name of the dataset.' },
          kind: { type: 'string', enum: ['data', 'mc'], description: 'Measured or simulated.' },
          files,
          process: {
            type: 'string',
            description: 'Datasets of one process can be merged; its name if not given.',
          },
          xsec: { type: 'number', description: 'Cross-section.' },
          tree: {
            type: 'string',
            description: 'The tree in these files, where it is not that of the others.',
          },
        },
        required: ['name', 'files'],
        examples: [{ name: 'dy', kind: 'mc', process: 'Zmumu', files: ['dy*.root'], xsec: 3503.71 }],
      },
    },
    tree: {
      type: 'string',
      description: 'The tree or table in each file. Not needed where there is only one.',
      examples: ['Events'],
    },
    trees: {
      description: 'Several trees of each file: a port for each.',
      type: 'object',
      minProperties: 1,
      additionalProperties: {
        type: ['string', 'object'],
        properties: { tree: { type: 'string' }, optional: { type: 'boolean' } },
        required: ['tree'],
        additionalProperties: false,
      },
      examples: [{ events: 'Events', runs: 'Runs' }],
    },
    format: {
      type: 'string',
      description: 'The file format, where the ending does not tell.',
      examples: ['csv'],
    },
    rename: {
      description: 'Field name → name in the file.',
      type: 'object',
      additionalProperties: { type: 'string' },
      examples: [{ met_pt: 'MET (corrected)' }],
    },
    collections: {
      description:
        'Collections that do not follow the rule that flat columns with one prefix and one count belong together: name → its columns, or name → map of member → column. Only these columns are the members then. Lists without a common count are compared row by row. Each member is called `name.member`; `Muon_pt` in the list of `Muon` is `Muon.pt`.',
      type: 'object',
      additionalProperties: {
        type: ['array', 'object'],
        items: { type: 'string' },
        minItems: 1,
        minProperties: 1,
        additionalProperties: { type: 'string' },
      },
      examples: [{ Muon: ['Muon_pt', 'Muon_eta'] }, { lepton: { pt: 'lep_pt', eta: 'lep_eta' } }],
    },
    rows: {
      description: 'Rows `[start, stop]` of each file.',
      type: 'array',
      items: { type: 'integer', minimum: 0 },
      minItems: 2,
      maxItems: 2,
      examples: [[0, 10000]],
    },
    bad_files: {
      description: 'Files that are missing or broken: an error, or left out and listed.',
      type: 'string',
      enum: ['error', 'skip'],
      default: 'error',
    },
  },
  additionalProperties: false,
};

/** Opens files of any known format as a stream of rows. */
export const read: Operator = {
  name: 'read',
  semantics: 1,
  doc: 'Open files as a stream of rows.\n\nFormats are found by the ending of the path, then by content. With `datasets:` every product is made for each dataset; `trees:` gives one port for each tree.',
  examples: [
    'read: ntuple.root',
    'read: {files: "data/*.root", tree: events}',
    'read: {datasets: "${datasets}", tree: Events}',
  ],
  main: 'files',
  parameters,
  inputs: {},
  outputs: (args) =>
    Object.fromEntries(Object.keys(readArguments(args).ports).map((port) => [port, { type: 'rows' }])),
  run: {
    kind: 'source',
    stream: 'table',
    survey: surveyFiles,
    open: openRows,
    options(args): JsonObject {
      const { collections } = args as JsonObject;
      return collections === undefined ? {} : { collections };
    },
    identity,
  },
};

/** What the rows of a file depend on besides the file and the table inside that it names itself. */
function identity(args: Json): Json {
  const { ports, rename, rows, format } = readArguments(args);
  const trees: JsonObject = {};
  for (const [port, { tree }] of Object.entries(ports)) trees[port] = tree ?? null;
  const out: JsonObject = { trees };
  if (Object.keys(rename).length > 0) out.rename = rename;
  if (rows) out.rows = rows;
  if (format !== undefined) out.format = format;
  return out;
}
