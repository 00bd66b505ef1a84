/** How one attempt ended: with a value, or with an error that may or may not pass. */
export type Attempt<T> = { value: T } | { error: Error; again: boolean; wait?: number };

/** Attempts until one succeeds, pausing twice as long each time; throws the last error. */
export async function withRetries<T>(
  attempt: () => Promise<Attempt<T>>,
  options: { retries?: number; delay?: number; signal?: AbortSignal },
): Promise<T> {
  const { retries = 3, delay = 250, signal } = options;
  for (let count = 0; ; count++) {
    const result = await attempt();
    if ('value' in result) return result.value;
    if (!result.again || count >= retries) throw result.error;
    await pause(Math.min(result.wait ?? delay * 2 ** count, 60_000), signal);
  }
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
