/** A text as Python writes it. */
export function pythonText(text: string): string {
  // JSON's escapes are Python's, too.
  return JSON.stringify(text);
}

/** A text as a docstring. */
export function docstring(text: string): string {
  return `"""${text.replace(/\\/g, '\\\\').replace(/"/g, "'")}"""`;
}
