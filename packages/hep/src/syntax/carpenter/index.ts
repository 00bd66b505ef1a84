import type { Syntax } from '@fasthep/flow';
import { readCarpenter } from './read.ts';

/** fast-carpenter's `sequence_cfg.yml`, with the datasets of a curator file in the same config. */
export const carpenterSyntax: Syntax = {
  name: 'carpenter',
  recognises(value) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return 0;
    const { stages } = value;
    if (!Array.isArray(stages) || stages.length === 0) return 0;
    const named = stages.every(
      (stage) =>
        stage !== null &&
        typeof stage === 'object' &&
        !Array.isArray(stage) &&
        Object.keys(stage).length === 1 &&
        typeof Object.values(stage)[0] === 'string',
    );
    return named ? 0.95 : 0;
  },
  read: (config, _registry, load) => readCarpenter(config, load),
};
