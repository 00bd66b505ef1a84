/** Something about Python that the user can mend. */
export class PythonError extends Error {
  override readonly name = 'PythonError';
  readonly code: string;
  readonly help?: string;

  constructor(code: string, message: string, help?: string) {
    super(message);
    this.code = code;
    if (help !== undefined) this.help = help;
  }
}

/** An exception of Python, raised by a function that was called there. */
export class PythonException extends PythonError {
  /** Its class: `ValueError`. */
  readonly type: string;
  /** As Python prints it. */
  readonly traceback: string;

  constructor(type: string, message: string, traceback: string) {
    super('PYTHON-EXCEPTION', `${type}: ${message}`);
    this.type = type;
    this.traceback = traceback;
  }
}
