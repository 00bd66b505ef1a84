import { arrowFormat, csvFormat, jsonFormat, jsonlFormat, parquetFormat, tsvFormat } from '@fasthep/columns';
import type { Plugin } from '@fasthep/flow';
import { explanations } from './explain/index.ts';
import {
  concat,
  define,
  efficiency,
  explode,
  filter,
  group,
  hist,
  join,
  merge,
  project,
  redefine,
  regions,
  sort,
  unique,
  weight,
  write,
} from './operators/index.ts';
import { read } from './read/index.ts';
import { tableStream } from './stream/index.ts';
import { filesType, histogramType, reportType, tableType } from './values/index.ts';

/** Tables and histograms for any science. */
export const dataPlugin: Plugin = {
  name: 'data',
  explanations,
  operators: [
    read,
    define,
    redefine,
    filter,
    weight,
    regions,
    project,
    explode,
    unique,
    sort,
    concat,
    group,
    hist,
    join,
    merge,
    efficiency,
    write,
  ],
  streams: [tableStream],
  types: [histogramType, tableType, reportType, filesType],
  formats: [csvFormat, tsvFormat, jsonFormat, jsonlFormat, parquetFormat, arrowFormat],
};
