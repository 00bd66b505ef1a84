/** Every error that this package throws on purpose: what was expected, what was found, how to mend it. */
export class AdaptError extends Error {
  override readonly name = 'AdaptError';
  /** Stable and machine-readable: `adapt.call`, `adapt.reader`, … */
  readonly code: string;
  /** One sentence that suggests a fix. */
  readonly help?: string;

  constructor(code: string, message: string, help?: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    if (help !== undefined) this.help = help;
    // The user's own lines are what helps with an error in the user's own code.
    if (cause instanceof Error && cause.stack) this.stack = cause.stack;
  }
}
