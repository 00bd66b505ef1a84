/** Endings of files that `plot` can write. */
export const FORMATS = ['svg', 'json', 'png'] as const;
export type Format = (typeof FORMATS)[number];

/** One file name pattern of `out`, with its format. */
export interface OutPattern {
  /** With placeholders `{task}`, `{dataset}`. */
  name: string;
  /** Undefined where the ending is none of ours. */
  format?: Format;
  /** Names in braces, each once. */
  placeholders: string[];
}

/** `mass_{region}.{svg,json}` → two patterns. Braces with a comma are alternatives, others placeholders. */
export function outPatterns(out: string): OutPattern[] {
  return alternatives(out).map((name) => {
    const ending = /\.([^./]+)$/u.exec(name)?.[1]?.toLowerCase();
    const format = FORMATS.find((one) => one === ending);
    const placeholders = [...new Set([...name.matchAll(/\{([^{},]*)\}/gu)].map((match) => match[1]!))];
    return { name, ...(format ? { format } : {}), placeholders };
  });
}

function alternatives(text: string): string[] {
  const match = /\{([^{}]*,[^{}]*)\}/u.exec(text);
  if (!match) return [text];
  const before = text.slice(0, match.index);
  const after = alternatives(text.slice(match.index + match[0].length));
  return match[1]!.split(',').flatMap((one) => after.map((rest) => before + one.trim() + rest));
}

/** Puts values in; what has none stays. A value is one part of a path: separators and dots in front become `_`. */
export function fillPattern(name: string, values: Readonly<Record<string, string>>): string {
  return name.replace(/\{([^{},]*)\}/gu, (whole, key: string) =>
    Object.hasOwn(values, key) ? safe(values[key]!) : whole,
  );
}

function safe(value: string): string {
  return value.replace(/[/\\:*?"<>|{}\p{Cc}]/gu, '_').replace(/^\.+/u, '_');
}
