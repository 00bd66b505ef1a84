import type { Config } from '@fasthep/config';
import { names, parse } from '@fasthep/expression';
import type { Json } from '../../types/json.ts';

/**
 * The top-level sections that something refers to: an interpolation `${section…}` anywhere in the files or
 * on the command line, or an expression that names it. What is too much counted does no harm: this is for finding
 * sections that nothing mentions.
 */
export function usedSections(config: Config, sections: readonly string[], tasks: Json): Set<string> {
  const used = new Set<string>();
  const wanted = new Set(sections);
  const texts = [...Object.values(config.sources), ...config.overrides];
  for (const text of texts)
    for (const line of text.split('\n'))
      for (const [, inside] of withoutComment(line).matchAll(/\$\{([^}]*)/g))
        for (const name of [...inside!.split(/[\s.[\]{}:,"']+/), ...inside!.split(/\W+/)])
          if (wanted.has(name)) used.add(name);
  for (const text of textsOf(tasks)) for (const name of namesOf(text)) if (wanted.has(name)) used.add(name);
  return used;
}

/** A line without the comment at its end. Good enough for looking for `${`. */
function withoutComment(line: string): string {
  const match = /(?:^|\s)#/.exec(line);
  if (!match) return line;
  const before = line.slice(0, match.index);
  const quotes = (before.match(/["']/g) ?? []).length;
  return quotes % 2 === 0 ? before : line;
}

function* textsOf(value: Json): Iterable<string> {
  if (typeof value === 'string') yield value;
  else if (value !== null && typeof value === 'object')
    for (const item of Object.values(value)) yield* textsOf(item);
}

function namesOf(text: string): string[] {
  if (text.length > 2000) return [];
  try {
    return names(parse(text)).map((name) => name.parts[0]!);
  } catch {
    // What is wrong with it is told elsewhere; a section that it names is not unused.
    return text.match(/[A-Za-z_]\w*/g) ?? [];
  }
}
