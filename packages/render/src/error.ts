/** Every error that this package throws on purpose: what was expected, what was found, how to mend it. */
export class RenderError extends Error {
  /** Stable and machine-readable: `plot.columns`, `plot.out`, `png.missing`, … */
  readonly code: string;
  /** One sentence that suggests a fix. */
  readonly help?: string;

  constructor(code: string, message: string, help?: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'RenderError';
    this.code = code;
    if (help !== undefined) this.help = help;
  }
}
