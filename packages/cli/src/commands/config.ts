import type { Config, Origin } from '@fasthep/config';
import { FlowError } from '@fasthep/flow';
import { type CliContext, print, printJson } from '../terminal/context.ts';
import { toYaml } from '../terminal/yaml.ts';
import type { CommonFlags } from '../workflow/lazy.ts';
import { composed } from '../workflow/stages.ts';
import { split } from '../workflow/words.ts';

type Flags = CommonFlags & {
  origins?: boolean;
};

/** `config FILE [KEY...] [OVERRIDE...]` */
export default async function config(this: CliContext, flags: Flags, ...words: string[]): Promise<void> {
  const { file, keys, overrides } = split(words);
  const whole = composed(file, overrides);
  if (keys.length === 0) {
    if (flags.json) printJson(this, flags.origins ? whole : whole.value);
    else if (flags.origins)
      print(
        this,
        leaves(whole, '')
          .map((one) => line(one))
          .join('\n'),
      );
    else print(this, toYaml(whole.value).trimEnd());
    return;
  }
  const found = keys.map((key) => lookUp(whole, key));
  if (flags.json) printJson(this, found.length === 1 ? found[0] : found);
  else for (const one of found) print(this, [line(one), ...beaten(one.origin)].join('\n'));
}

interface Value {
  key: string;
  value: unknown;
  origin?: Origin;
}

function line({ key, value, origin }: Value): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `${key}: ${text}${origin ? `    # ${place(origin)}` : ''}`;
}

function place(origin: Origin): string {
  return origin.word === undefined
    ? `${origin.file}:${origin.line}:${origin.column}`
    : `${origin.file}: ${origin.word}`;
}

function beaten(origin: Origin | undefined): string[] {
  return (origin?.via ?? []).map((one) => `  over, or by way of, ${place(one)}`);
}

function lookUp(config: Config, key: string): Value {
  const parts = key.replace(/\[(\w+)\]/g, '.$1').split('.');
  let value: unknown = config.value;
  let pointer = '';
  for (let at = 0; at < parts.length; ) {
    // In an operator's map a dotted key is one key: the longest that matches.
    let end = parts.length;
    const map = value as Record<string, unknown>;
    while (
      end > at &&
      !(typeof value === 'object' && value !== null && Object.hasOwn(map, parts.slice(at, end).join('.')))
    )
      end--;
    if (end === at) {
      throw new FlowError('FLOW-C011', `the config has no key '${key}'`, undefined, config.origins[pointer]);
    }
    const part = parts.slice(at, end).join('.');
    value = map[part];
    pointer += `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    at = end;
  }
  return { key, value, origin: config.origins[pointer] };
}

function leaves(config: Config, pointer: string, key = '', value: unknown = config.value): Value[] {
  const own = config.origins[pointer];
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) {
    return [{ key, value, origin: own }];
  }
  return Object.entries(value).flatMap(([part, inner]) => {
    const name = Array.isArray(value) ? `${key}[${part}]` : key === '' ? part : `${key}.${part}`;
    return leaves(config, `${pointer}/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`, name, inner);
  });
}
