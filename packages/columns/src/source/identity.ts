import { sha256 } from './sha256.ts';
import type { ByteSource } from './types.ts';

const BLOCK = 4_194_304;

/** `sha256:<digest>` of all bytes of a source, read in blocks of 4 MiB. */
export async function contentIdentity(source: ByteSource, signal?: AbortSignal): Promise<string> {
  const hash = sha256();
  for (let start = 0; start < source.size; start += BLOCK)
    hash.update(await source.read(start, Math.min(start + BLOCK, source.size), signal));
  return `sha256:${hash.hex()}`;
}

/**
 * `<format>:<size>:<digest of the footer>`: the identity of a file whose footer describes all else in it,
 * found without reading the rest.
 */
export function footerIdentity(format: string, size: number, footer: Uint8Array): string {
  const hash = sha256();
  hash.update(footer);
  return `${format}:${size}:${hash.hex()}`;
}
