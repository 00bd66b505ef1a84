import type { Plugin } from '@fasthep/flow';
import { assertOperator } from './assert/assert.ts';
import { coffea, coffeaExporter } from './coffea/index.ts';
import { explanations } from './explain/index.ts';
import { js } from './js/js.ts';
import { python } from './python/python.ts';
import { reader } from './reader/index.ts';
import { shell } from './shell/shell.ts';
import { singleTree } from './single-tree/single-tree.ts';
import { jsonType } from './values/json.ts';

/** Other people's code: readers of single events, commands, functions in other languages, coffea. */
export const adaptPlugin: Plugin = {
  name: 'adapt',
  explanations,
  operators: [reader, js, python, coffea, shell, assertOperator, singleTree],
  types: [jsonType],
  exporters: [coffeaExporter],
};
