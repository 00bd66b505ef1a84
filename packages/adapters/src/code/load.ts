import { pathToFileURL } from 'node:url';
import { didYouMean } from '@fasthep/expression';
import { AdaptError } from '../error.ts';
import type { Call } from './call.ts';
import { codeHash } from './hash.ts';

/** A user's code as the survey found it. */
export interface Found {
  path: string;
  hash: string;
}

/**
 * What a JavaScript or TypeScript file exports under a name. Throws `adapt.code` where the file cannot be loaded
 * or has no such export, `adapt.code-changed` where it is not the file that was surveyed.
 */
export async function loadExport(call: Call, { path, hash }: Found): Promise<unknown> {
  assertUnchanged(call, { path, hash });
  let module: Record<string, unknown>;
  try {
    // A warm process may know an older state of the file.
    module = await import(/* @vite-ignore */ `${pathToFileURL(path).href}?${hash.slice(0, 16)}`);
  } catch (error) {
    throw new AdaptError(
      'adapt.code',
      `${call.file} cannot be loaded: ${messageOf(error)}`,
      loadHelp(error, path),
      error,
    );
  }
  const found = call.name
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], module);
  if (found !== undefined) return found;
  const names = Object.keys(module);
  throw new AdaptError(
    'adapt.code',
    `${call.file} exports no '${call.name}'`,
    didYouMean(call.name, names) ??
      (names.length > 0 ? `it exports ${names.join(', ')}` : 'it exports nothing'),
  );
}

/** Throws `adapt.code-changed` where a file is not what the survey found. */
export function assertUnchanged(call: Call, { path, hash }: Found): void {
  if (codeHash(path) !== hash)
    throw new AdaptError('adapt.code-changed', `${call.file} changed since the run began`, 'run again');
}

const messageOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]!;

function loadHelp(error: unknown, path: string): string | undefined {
  const { code } = error as { code?: string };
  if (/\.m?ts$/.test(path) && (code === 'ERR_UNKNOWN_FILE_EXTENSION' || error instanceof SyntaxError))
    return 'TypeScript files need a Node that strips types (22.18 or newer)';
  return undefined;
}
