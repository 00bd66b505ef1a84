import type { Extension } from '../../types/plugin.ts';

/** `run:` how it is run, never what is made. */
export const runKeyword: Extension = {
  keyword: 'run',
  at: 'top',
  doc: 'Execution, never meaning: back end, workers, store, run directory.',
  schema: {
    type: 'object',
    properties: {
      backend: { type: 'string' },
      workers: { anyOf: [{ type: 'integer', minimum: 0 }, { enum: ['auto'] }] },
      out: { type: 'string' },
      store: { type: 'string' },
      memory: {
        type: ['string', 'integer'],
        description:
          'Bytes that tasks may hold at the same time on this machine: what their resources say, else the unpacked size of their partition.',
        examples: ['8GB'],
      },
      partition_size: { type: ['string', 'integer'] },
      fail_fast: { type: 'boolean' },
      python: { type: ['string', 'object'] },
      // Settings of back ends on other engines, which each knows itself.
      slurm: { type: 'object' },
      dask: { type: 'object' },
      prefect: { type: 'object' },
      hamilton: { type: 'object' },
    },
    additionalProperties: false,
    examples: [{ workers: 4 }],
  },
  order: 80,
};
