/** Something that has no translation. */
export class Untranslatable extends Error {
  readonly help?: string;
  constructor(message: string, help?: string) {
    super(message);
    if (help !== undefined) this.help = help;
  }
}
