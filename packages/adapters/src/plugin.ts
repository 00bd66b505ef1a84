import type { Plugin } from '@fasthep/flow';
import { reader } from './reader/index.ts';
import { jsonType } from './values/json.ts';

/** Other people's code: readers of single events, commands, functions in other languages, coffea. */
export const adaptPlugin: Plugin = {
  name: 'adapt',
  operators: [reader],
  types: [jsonType],
};
