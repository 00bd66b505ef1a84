import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(
  import.meta.dirname ?? new URL('.', import.meta.url).pathname,
  '../../../../tests/vectors/root',
);

/** A reference file. */
export function vector(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(folder, name)));
}

/** Names of the reference files, those of at most `most` bytes. */
export function vectorNames(most = Number.POSITIVE_INFINITY): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.root') && vector(name).length <= most);
}
