/** What can go wrong with a store as a whole; a damaged entry is no error, only missing. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: 'archive' | 'store-full' | 'store-readonly' | 'store';
  readonly help: string | undefined;

  constructor(code: StoreError['code'], message: string, details: { help?: string; cause?: unknown } = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.help = details.help;
  }
}
