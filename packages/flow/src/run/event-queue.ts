/** Events from callbacks to a loop. */
export interface EventQueue<T> extends AsyncIterable<T> {
  push(event: T): void;
  end(error?: unknown): void;
}

/** A queue for one reader. */
export function eventQueue<T>(): EventQueue<T> {
  let waiting: T[] = [];
  let wake: (() => void) | undefined;
  let ended = false;
  let failure: unknown;
  const ring = () => {
    wake?.();
    wake = undefined;
  };
  return {
    push(event) {
      waiting.push(event);
      ring();
    },
    end(error) {
      ended = true;
      failure = error;
      ring();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const batch = waiting;
        waiting = [];
        yield* batch;
        if (waiting.length > 0) continue;
        if (ended) {
          if (failure !== undefined) throw failure;
          return;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
