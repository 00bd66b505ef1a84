import type { Column, StringColumn } from '../table/types.ts';

const decoder = new TextDecoder();

/** Row i of a text column. Short ASCII texts are put together without the decoder's overhead. */
function readText(column: StringColumn, i: number): string {
  const [start, end] = [column.offsets[i]!, column.offsets[i + 1]!];
  const { bytes } = column;
  let text = '';
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte > 127) return decoder.decode(bytes.subarray(start, end));
    text += String.fromCharCode(byte);
  }
  return text;
}

/** A function from a row to its text. Texts of a dictionary are made once. */
export function textReader(column: Column): (i: number) => string {
  if (column.kind === 'string') return (i) => readText(column, i);
  if (column.kind !== 'dictionary') return () => '';
  const texts: string[] = [];
  return (i) => {
    const code = column.codes[i]!;
    texts[code] ??= readText(column.dictionary, code);
    return texts[code];
  };
}
