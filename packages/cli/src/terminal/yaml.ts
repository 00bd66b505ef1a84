/** Plain data as YAML, for reading. Texts that YAML would take for something else are quoted. */
export function toYaml(value: unknown): string {
  return `${lines(value).join('\n')}\n`;
}

function lines(value: unknown): string[] {
  if (Array.isArray(value) && value.length > 0 && !value.every(isPlain)) {
    return value.flatMap((item) => lines(item).map((line, i) => (i === 0 ? `- ${line}` : `  ${line}`)));
  }
  if (isMap(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, inner]) => {
      const block = isBlock(inner);
      const below = lines(inner);
      return block
        ? [`${scalar(key)}:`, ...below.map((line) => `  ${line}`)]
        : [`${scalar(key)}: ${below[0]}`];
    });
  }
  return [flow(value)];
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isPlain = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || (Array.isArray(value) && value.every(isPlain));
const isBlock = (value: unknown): boolean =>
  isMap(value)
    ? Object.keys(value).length > 0
    : Array.isArray(value) && value.length > 0 && !value.every(isPlain);

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (isMap(value))
    return `{${Object.entries(value)
      .map(([key, inner]) => `${scalar(key)}: ${flow(inner)}`)
      .join(', ')}}`;
  return typeof value === 'string' ? scalar(value) : String(value);
}

/** A text as it is where that is safe, else in double quotes. */
function scalar(text: string): string {
  const safe =
    /^[\p{L}_./$][^\n:#,[\]{}"'&*!|>%@`]*$/u.test(text) &&
    !/^(true|false|null|yes|no|on|off|y|n|~|\.inf|\.nan)$/i.test(text) &&
    !/\s$/.test(text) &&
    Number.isNaN(Number(text));
  return safe ? text : JSON.stringify(text);
}
