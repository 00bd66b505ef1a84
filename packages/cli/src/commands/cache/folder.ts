import { resolve } from 'node:path';
import type { CliContext } from '../../terminal/context.ts';
import type { CommonFlags } from '../../workflow/lazy.ts';
import { STORE } from '../../workflow/paths.ts';

/** Flags of all commands about the store. */
export type CacheFlags = CommonFlags & {
  store?: string;
};

/** Folder of the store: that of the current folder unless told. */
export function storeFolder({ process }: CliContext, { store = STORE }: CacheFlags): string {
  return resolve(process.cwd(), store.replace(/^file:(\/\/)?/, ''));
}
