import type { Syntax } from '@fasthep/flow';
import { readFasthep } from './read.ts';

/** The workflow file of the FAST-HEP packages of 2026: `data`, `sources`, `fields`, `joins`, `analysis.stages`. */
export const fasthepSyntax: Syntax = {
  name: 'fasthep',
  recognises(value) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return 0;
    if (value.tasks !== undefined) return 0;
    const { analysis } = value;
    const stages =
      analysis !== null && typeof analysis === 'object' && !Array.isArray(analysis) && 'stages' in analysis;
    if (stages) return 0.95;
    return value.data !== undefined && value.sources !== undefined ? 0.9 : 0;
  },
  read: readFasthep,
};
