import type { Plugin } from '@fasthep/flow';
import { plot } from './plot/operator.ts';

/** The pack `render`: figures of histograms, tables and reports. */
export const renderPlugin: Plugin = { name: 'render', operators: [plot] };
