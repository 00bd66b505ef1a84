/** The words of a command: its file, keys to look up, and overrides. */
export interface Words {
  file: string;
  keys: string[];
  overrides: string[];
}

/** The first word is the file; a word with `=`, or with `~` or `+` before it, is an override. */
export function split([file = '', ...words]: readonly string[]): Words {
  const isOverride = (word: string) => /^[~+]|=/.test(word);
  return {
    file,
    keys: words.filter((word) => !isOverride(word)),
    overrides: words.filter(isOverride),
  };
}
