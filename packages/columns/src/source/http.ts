import { ColumnsError } from '../error.ts';
import { memorySource } from './memory.ts';
import { checkRange } from './range.ts';
import { type Attempt, withRetries } from './retry.ts';
import type { ByteSource } from './types.ts';

/** How `httpSource` behaves; every field has a default. */
export interface HttpOptions {
  /** Sent with every request. */
  headers?: Record<string, string>;
  /** Further attempts after a failure that may pass: 3. */
  retries?: number;
  /** Pause before the first further attempt in ms, doubled each time: 250. A `Retry-After` of the server counts instead. */
  delay?: number;
  /** Time for one attempt in ms: 30,000. */
  timeout?: number;
  /** Bytes fetched with the first request, and kept: 65,536. */
  head?: number;
  /** Longest file that is taken whole from a server without range requests, in bytes: 256 MiB. */
  longestWhole?: number;
  signal?: AbortSignal;
  fetch?: typeof fetch;
}

/**
 * Opens a URL for range requests. One request is made at once: it tells the size and brings the first bytes.
 * A server that ignores ranges gives the whole file, which is kept in memory up to `longestWhole`.
 * Throws `http.status`, `http.timeout`, `http.network`, `http.ranges`, `http.changed`.
 */
export async function httpSource(url: string, options: HttpOptions = {}): Promise<ByteSource> {
  const { head = 65_536, longestWhole = 268_435_456 } = options;
  const first = await request(url, 0, Math.max(1, head), options, async (response) => {
    if (response.status === 200) {
      const length = Number(response.headers.get('content-length') ?? Number.NaN);
      if (length > longestWhole) await refuseWhole(url, response, length);
    }
    return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
  });
  const { response, bytes } = first;
  if (response.status === 416) return memorySource(url, new Uint8Array(0));
  if (response.status === 200) return memorySource(url, bytes);

  const size = totalSize(url, response);
  const version = response.headers.get('etag') ?? response.headers.get('last-modified');
  const source: ByteSource = {
    name: url,
    size,
    async read(start, stop, signal) {
      signal?.throwIfAborted();
      checkRange(source, start, stop);
      if (stop <= bytes.length) return bytes.subarray(start, stop);
      return request(
        url,
        start,
        stop,
        { ...options, signal: joinSignals(options.signal, signal) },
        (answer) => partOf(url, answer, start, stop, size, version),
      );
    },
    async close() {},
  };
  return source;
}

async function partOf(
  url: string,
  response: Response,
  start: number,
  stop: number,
  size: number,
  version: string | null,
): Promise<Uint8Array> {
  const now = response.headers.get('etag') ?? response.headers.get('last-modified');
  if (response.status !== 206 || totalSize(url, response) !== size || (version && now && now !== version)) {
    await response.body?.cancel();
    throw new ColumnsError('http.changed', `${url} changed while it was read`, 'run again');
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length !== stop - start)
    throw new CutOff(`${bytes.length} of ${stop - start} bytes came, from byte ${start}`);
  return bytes;
}

/** An answer that ended too early: worth another attempt. */
class CutOff extends Error {}

function request<T>(
  url: string,
  start: number,
  stop: number,
  options: HttpOptions,
  use: (response: Response) => Promise<T>,
): Promise<T> {
  const { headers, timeout = 30_000, signal } = options;
  const get = options.fetch ?? fetch;
  const attempt = async (): Promise<Attempt<T>> => {
    const limit = AbortSignal.timeout(timeout);
    try {
      const response = await get(url, {
        headers: { ...headers, range: `bytes=${start}-${stop - 1}` },
        signal: joinSignals(limit, signal),
      });
      if (response.ok || response.status === 416) return { value: await use(response) };
      await response.body?.cancel();
      return statusFailure(url, response);
    } catch (error) {
      if (signal?.aborted || error instanceof ColumnsError) throw error;
      if (limit.aborted)
        return {
          again: true,
          error: new ColumnsError('http.timeout', `${url}: no answer within ${timeout / 1000} s`),
        };
      return { again: true, error: networkFailure(url, error) };
    }
  };
  return withRetries(attempt, options);
}

function statusFailure(url: string, response: Response): Attempt<never> {
  const { status } = response;
  const help =
    status === 404 || status === 410
      ? 'check the address'
      : status === 401 || status === 403
        ? 'the server wants a login, or does not give this file to you'
        : undefined;
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
  return {
    again: status === 408 || status === 425 || status === 429 || status >= 500,
    wait: Number.isFinite(wait) ? wait * 1000 : undefined,
    error: new ColumnsError(
      'http.status',
      `${url}: the server answered ${`${status} ${response.statusText}`.trim()}`,
      help,
    ),
  };
}

function networkFailure(url: string, error: unknown): ColumnsError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : (error as Error);
  const help =
    'check the address and the connection; in a browser the server must allow other origins (CORS)';
  return new ColumnsError('http.network', `${url} cannot be reached: ${cause.message}`, help, error);
}

function totalSize(url: string, response: Response): number {
  const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
  if (total !== undefined) return Number(total);
  throw new ColumnsError(
    'http.ranges',
    `${url}: the server does not say how long the file is`,
    'download the file first (in a browser the server must expose the header Content-Range)',
  );
}

async function refuseWhole(url: string, response: Response, length: number): Promise<never> {
  await response.body?.cancel();
  throw new ColumnsError(
    'http.ranges',
    `${url}: the server sends only whole files, and this one has ${length} bytes`,
    'download the file first',
  );
}

function joinSignals(a: AbortSignal | undefined, b: AbortSignal | undefined): AbortSignal | undefined {
  return a && b ? AbortSignal.any([a, b]) : (a ?? b);
}
