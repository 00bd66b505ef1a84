import type { Plugin } from '@fasthep/flow';
import { explanations } from './explain.ts';
import { plot } from './plot/operator.ts';

/** The pack `render`: figures of histograms, tables and reports. */
export const renderPlugin: Plugin = { name: 'render', explanations, operators: [plot] };
