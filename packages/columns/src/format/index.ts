export { decodeTable } from './arrow/decode.ts';
export { type ArrowOptions, encodeTable } from './arrow/encode.ts';
export { arrowFormat } from './arrow/format.ts';
export { type CsvOptions, encodeCsv } from './csv/encode.ts';
export { csvFormat, tsvFormat } from './csv/format.ts';
export { jsonFormat, jsonlFormat } from './json/format.ts';
export { parquetFormat } from './parquet/format.ts';
