/** File names with `{a,b}` (alternatives) and `{word}` (placeholders). */

/** The names that alternatives stand for: `x.{svg,json}` → `x.svg`, `x.json`. Placeholders stay. */
export function alternatives(template: string): string[] {
  const found = /\{([^{}]*,[^{}]*)\}/.exec(template);
  if (!found) return [template];
  const [before, after] = [template.slice(0, found.index), template.slice(found.index + found[0].length)];
  return found[1]!.split(',').flatMap((one) => alternatives(before + one.trim() + after));
}

/** The words of a template's placeholders, each once. */
export function placeholders(template: string): string[] {
  return [...new Set([...template.matchAll(/\{([^{},]+)\}/g)].map((match) => match[1]!.trim()))];
}

/** The template with values put in; words without one stay as they are. What a file name cannot hold becomes `_`. */
export function filled(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{([^{},]+)\}/g, (whole, word: string) => {
    const value = Object.hasOwn(values, word.trim()) ? values[word.trim()]! : undefined;
    return value === undefined ? whole : value.replace(/[/\\:*?"<>|]/g, '_');
  });
}

/** `csv` of `out/table.csv`; empty where a name has no ending. */
export function endingOf(name: string): string {
  return /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}
