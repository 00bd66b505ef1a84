/** What can go wrong with a store as a whole; a damaged entry is no error, only missing. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  /** `FLOW-R012` full, `FLOW-R013` not to be written, `FLOW-R014` no store, `FLOW-R015` a broken archive. */
  readonly code: 'FLOW-R012' | 'FLOW-R013' | 'FLOW-R014' | 'FLOW-R015';
  readonly help: string | undefined;

  constructor(code: StoreError['code'], message: string, details: { help?: string; cause?: unknown } = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.help = details.help;
  }
}
