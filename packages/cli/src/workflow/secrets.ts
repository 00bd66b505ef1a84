/** Values of secret keys, kept out of everything that is written or shown. */
import { type Definition, MASK } from '@fasthep/flow';

/** Takes the values of the definition's secrets out of plain data, wherever they went. */
export function redactor({ settings, values }: Definition): <T>(data: T) => T {
  return redactorOf([{ ...settings, ...values }]);
}

/** The same for the secrets of composed configs. */
export function redactorOf(configs: readonly unknown[]): <T>(data: T) => T {
  const found = new Set<string | number>();
  for (const config of configs) {
    const keys = member(config, 'secrets');
    for (const key of Array.isArray(keys) ? keys : [])
      collect(String(key).split('.').reduce<unknown>(member, config), found);
  }
  if (found.size === 0) return (data) => data;
  const texts = [...found].map(String).filter((text) => text !== '');
  const clean = (data: unknown): unknown => {
    if (typeof data === 'string') return texts.reduce((text, secret) => text.replaceAll(secret, MASK), data);
    if (typeof data === 'number') return found.has(data) ? MASK : data;
    if (Array.isArray(data)) return data.map(clean);
    if (typeof data === 'object' && data !== null) {
      return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, clean(value)]));
    }
    return data;
  };
  return <T>(data: T) => clean(data) as T;
}

function member(of: unknown, key: string): unknown {
  return typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[key] : undefined;
}

function collect(value: unknown, found: Set<string | number>): void {
  if (typeof value === 'string' || typeof value === 'number') found.add(value);
  else if (typeof value === 'object' && value !== null)
    for (const one of Object.values(value)) collect(one, found);
}
