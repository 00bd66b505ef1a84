export { decodeTable } from './arrow/decode.ts';
export { type ArrowOptions, encodeTable } from './arrow/encode.ts';
export { arrowFormat } from './arrow/format.ts';
