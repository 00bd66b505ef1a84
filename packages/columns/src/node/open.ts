import { fileURLToPath } from 'node:url';
import { type HttpOptions, httpSource } from '../source/http.ts';
import type { ByteSource } from '../source/types.ts';
import { fileSource } from './file.ts';

/** Opens a path or a `file:`, `http:` or `https:` URL. */
export function openSource(pathOrUrl: string, options: HttpOptions = {}): Promise<ByteSource> {
  if (/^https?:\/\//i.test(pathOrUrl)) return httpSource(pathOrUrl, options);
  return fileSource(/^file:\/\//i.test(pathOrUrl) ? fileURLToPath(pathOrUrl) : pathOrUrl);
}
