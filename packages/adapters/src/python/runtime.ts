import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Folder with the Python package `fasthep_adapt`. */
export function adaptRuntime(): string {
  return join(dirname(createRequire(import.meta.url).resolve('@fasthep/adapters/package.json')), 'runtime');
}
