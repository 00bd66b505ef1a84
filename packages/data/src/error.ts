/** Every error that this package throws on purpose: what was expected, what was found, how to mend it. */
export class DataError extends Error {
  override readonly name = 'DataError';
  /** Stable and machine-readable: `data.file-changed`, `data.axis`, … */
  readonly code: string;
  /** One sentence that suggests a fix. */
  readonly help?: string;
  /** Of an operator's arguments: where in them. */
  readonly path?: (string | number)[];

  constructor(code: string, message: string, help?: string, path?: (string | number)[]) {
    super(message);
    this.code = code;
    if (help !== undefined) this.help = help;
    if (path !== undefined) this.path = path;
  }
}
