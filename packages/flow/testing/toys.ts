/** Operators of a make-believe science for flow's own tests: streams of rows and products, no tables. */
import { type Config, composeFile, memoryFiles } from '@fasthep/config';
import { selectOperator, shippedExtensions } from '../src/keywords/index.ts';
import { createRegistry } from '../src/registry/registry.ts';
import type { Operator, Plugin, Registry } from '../src/types/index.ts';

const nothing: Operator['run'] = { kind: 'whole', apply: () => ({}) };
const text = { type: 'string', format: 'expression' };

function toy(name: string, more: Partial<Operator>): Operator {
  return {
    name,
    semantics: 1,
    doc: `A toy called ${name}.`,
    parameters: { type: 'object', properties: {} },
    inputs: { rows: { type: 'rows' } },
    outputs: { rows: { type: 'rows' } },
    run: nothing,
    ...more,
  };
}

const axis = {
  type: 'object',
  properties: {
    field: { anyOf: [{ type: 'string' }, { type: 'number' }] },
    bins: {
      type: 'array',
      items: { anyOf: [{ type: 'number' }, { type: 'array', items: { type: 'number' } }] },
      minItems: 2,
      maxItems: 3,
      examples: [[60, 0, 120]],
    },
    edges: { type: 'array', items: { type: 'number' }, minItems: 2 },
    label: { type: 'string' },
  },
  required: ['field'],
  additionalProperties: false,
};

export const toyPack: Plugin = {
  name: 'data',
  operators: [
    toy('read', {
      main: 'files',
      parameters: {
        type: 'object',
        properties: {
          files: { anyOf: [{ type: 'string' }, { type: 'array' }] },
          datasets: { type: 'array' },
          tree: { type: 'string' },
          trees: { type: 'object' },
          rows: { type: 'array', items: { type: 'integer' }, minItems: 2, maxItems: 2 },
        },
      },
      inputs: {},
      outputs(args) {
        const trees = (args as { trees?: object } | null)?.trees;
        const ports = trees ? Object.keys(trees) : ['rows'];
        return Object.fromEntries(ports.map((port) => [port, { type: 'rows' }]));
      },
    }),
    toy('define', {
      map: true,
      parameters: { anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] },
    }),
    toy('weight', { map: true, parameters: { anyOf: [{ type: 'string' }, { type: 'object' }] } }),
    toy('filter', {
      main: 'expr',
      examples: ["filter: 'x > 1'"],
      parameters: { type: 'object', properties: { expr: text }, required: ['expr'] },
    }),
    toy('project', {
      main: 'fields',
      parameters: { type: 'object', properties: { fields: { type: ['array', 'object'] } } },
    }),
    toy('sort', {
      main: 'by',
      parameters: {
        type: 'object',
        properties: { by: { type: 'array' }, limit: { type: 'integer' } },
        required: ['by'],
      },
      inputs: { rows: { type: ['rows', 'table'] } },
    }),
    toy('regions', {
      map: true,
      parameters: text,
      outputs: (args) =>
        Object.fromEntries(['rows', ...Object.keys(args as object)].map((port) => [port, { type: 'rows' }])),
    }),
    toy('join', {
      map: true,
      parameters: {},
      inputs: { left: { type: 'rows' }, others: { type: 'rows', many: true } },
    }),
    toy('group', {
      main: 'agg',
      parameters: {
        type: 'object',
        properties: {
          by: { type: ['array', 'object'] },
          agg: { type: 'object', additionalProperties: text },
        },
        required: ['agg'],
      },
      outputs: { table: { type: 'table' } },
    }),
    toy('hist', {
      parameters: {
        type: 'object',
        properties: {
          x: axis,
          y: axis,
          weight: text,
          storage: { enum: ['weighted', 'count', 'mean'], default: 'weighted' },
        },
      },
      outputs: { histogram: { type: 'histogram' } },
    }),
    toy('merge', {
      parameters: {
        type: 'object',
        properties: {
          over: text,
          by: text,
          scale: { anyOf: [{ type: 'string' }, { type: 'number' }], format: 'value' },
          only: { type: 'string', format: 'condition' },
        },
      },
      inputs: { product: { type: ['histogram', 'table'], many: true } },
      outputs: { product: { type: 'same' } },
    }),
    toy('concat', {
      inputs: { parts: { type: ['rows', 'table'], many: true } },
      outputs: { table: { type: 'table' } },
    }),
    toy('efficiency', {
      main: 'of',
      parameters: { type: 'object', properties: { of: { type: 'string' } }, required: ['of'] },
      inputs: { histogram: { type: 'histogram' } },
      outputs: { table: { type: 'table' } },
    }),
    toy('write', {
      main: 'to',
      parameters: { type: 'object', properties: { to: { type: 'string' } }, required: ['to'] },
      inputs: { product: { type: 'any', many: true } },
      outputs: { files: { type: 'files' } },
    }),
  ],
};

export const toyCore: Plugin = {
  name: 'core',
  extensions: shippedExtensions,
  operators: [
    selectOperator,
    toy('assert', {
      main: 'that',
      parameters: {
        type: 'object',
        properties: {
          that: {
            anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
            format: 'condition',
          },
          message: { type: 'string' },
        },
        required: ['that'],
      },
      inputs: {},
      outputs: {},
    }),
    toy('shell', {
      main: 'run',
      parameters: {
        type: 'object',
        properties: { run: { type: 'string' }, outputs: { type: 'array' } },
        required: ['run'],
      },
      inputs: { files: { type: 'any', many: true, optional: true } },
      outputs: { result: { type: 'files' } },
      pure: false,
    }),
  ],
};

export const toyRest: Plugin[] = [
  {
    name: 'hep',
    operators: [
      toy('vary', { map: true, parameters: { type: 'object' } }),
      toy('cutflow', {
        map: true,
        parameters: { anyOf: [{ type: 'string' }, { type: 'object' }, { type: 'array' }] },
        normalise: (args) =>
          Array.isArray(args) ? Object.fromEntries(args.map((cut, index) => [`cut${index + 1}`, cut])) : args,
        outputs: (args) => ({
          rows: { type: 'rows' },
          report: { type: 'report' },
          ...Object.fromEntries(Object.keys(args as object).map((cut) => [cut, { type: 'rows' }])),
        }),
      }),
      toy('lumi_mask', {
        main: 'file',
        parameters: { type: 'object', properties: { file: { type: 'string' } } },
      }),
    ],
  },
  {
    name: 'render',
    operators: [
      toy('plot', {
        main: 'out',
        parameters: {
          type: 'object',
          properties: {
            out: { type: 'string' },
            kind: { enum: ['lines', 'stack', 'map', 'bar', 'points'] },
            stack: { type: ['string', 'boolean'] },
            band: {},
            ratio: { type: 'boolean', default: false },
            x: {},
            y: {},
            z: {},
            style: {},
          },
          required: ['out'],
        },
        inputs: { product: { type: ['histogram', 'table', 'report'], many: true } },
        outputs: { files: { type: 'files' } },
      }),
    ],
  },
  {
    name: 'adapt',
    operators: [
      toy('python', {
        main: 'call',
        parameters: {
          type: 'object',
          properties: { call: { type: 'string' }, args: {}, produces: {} },
          required: ['call'],
        },
        inputs: { input: { type: 'any', many: true, optional: true } },
        outputs: { result: { type: 'table' } },
      }),
      toy('reader', {
        main: 'call',
        parameters: {
          type: 'object',
          properties: {
            call: { type: 'string' },
            args: {},
            produces: {},
            order: { enum: ['independent', 'ordered', 'whole-dataset'] },
          },
          required: ['call'],
        },
        outputs: { rows: { type: 'rows' }, result: { type: 'table' } },
      }),
      toy('single_tree', { parameters: { type: 'object', properties: { sep: { type: 'string' } } } }),
    ],
  },
];

/** A registry of all toys and of all shipped keywords. */
export function toyRegistry(...more: Plugin[]): Registry {
  return createRegistry([toyCore, toyPack, ...toyRest, ...more]);
}

/** A workflow given as text, composed. Other files by name. */
export function toyConfig(
  text: string,
  overrides: string[] = [],
  others: Record<string, string> = {},
): Config {
  return composeFile('flow.yaml', {
    files: memoryFiles({ 'flow.yaml': text, ...others }),
    overrides,
    late: ['matrix'],
  });
}
