import { ColumnsError } from '../error.ts';
import type { ByteSource } from './types.ts';

/** Throws `source.range` unless `[start, stop)` are whole numbers inside a source of `size` bytes. */
export function checkRange(source: Pick<ByteSource, 'name' | 'size'>, start: number, stop: number): void {
  if (Number.isInteger(start) && Number.isInteger(stop) && 0 <= start && start <= stop && stop <= source.size)
    return;
  throw new ColumnsError(
    'source.range',
    `${source.name}: bytes ${start} to ${stop} asked for, the file has ${source.size}`,
    'the file is cut off or damaged, or it is not of the format it is read as',
  );
}
