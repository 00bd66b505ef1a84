import { type Config, type LookedUp, lookUp, type Origin, pointerTo, type Written } from '@fasthep/config';
import { paint } from '../terminal/colour.ts';
import { type CliContext, print, printJson } from '../terminal/context.ts';
import { toYaml } from '../terminal/yaml.ts';
import { type ShowFlags, showConfig } from '../workflow/show-config.ts';
import { composed, composedTree, told } from '../workflow/stages.ts';
import { split, type WorkflowFlags } from '../workflow/words.ts';

type Flags = WorkflowFlags &
  ShowFlags & {
    origins?: boolean;
  };

/** `config FILE [KEY...] [OVERRIDE...]` */
export default async function config(this: CliContext, flags: Flags, ...words: string[]): Promise<void> {
  const { file, keys, overrides } = split(words, flags);
  if (showConfig(this, flags, file, overrides)) return;
  const whole = composed(file, overrides, flags);
  if (keys.length === 0) {
    if (flags.json) printJson(this, flags.origins ? whole : whole.value);
    else if (flags.origins) print(this, leaves(whole, '', '', whole.value).join('\n'));
    else print(this, toYaml(whole.value).trimEnd());
    return;
  }
  const tree = composedTree(file, overrides, flags);
  const found = keys.map((key) => told(() => lookUp(tree, whole, key)));
  if (flags.json) printJson(this, found.length === 1 ? found[0] : found);
  else for (const one of found) print(this, describe(this, whole, one));
}

function describe(context: CliContext, whole: Config, one: LookedUp): string {
  const colours = paint(context.process.stdout, context.process.env);
  const { key, pointer, value, set, from, through, over } = one;
  const isMap = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  const history = (word: string, { origin, text }: Written) =>
    `  ${colours('dim', word)} ${shortened(text)}    # ${place(origin)}`;
  return [
    ...(isMap ? leaves(whole, pointer, key, value) : [line(key, value, set?.origin)]),
    ...(from.length > 0 && set ? [`  ${colours('dim', 'written')} ${shortened(set.text)}`] : []),
    ...through.map((each) => history('by way of', each)),
    ...from.map((each) => history('from', each)),
    ...over.map((each) => history('over', each)),
  ].join('\n');
}

function line(key: string, value: unknown, origin: Origin | undefined): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `${key}: ${text}${origin ? `    # ${place(origin)}` : ''}`;
}

function place(origin: Origin): string {
  return origin.word === undefined
    ? `${origin.file}:${origin.line}:${origin.column}`
    : `${origin.file}: ${origin.word}`;
}

/** The first line of a text, where there are more. */
function shortened(text: string): string {
  const [first = '', ...more] = text.split('\n');
  return more.length > 0 || first.length > 80 ? `${first.slice(0, 79)}…` : first;
}

function leaves(config: Config, pointer: string, key: string, value: unknown): string[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) {
    return [line(key, value, config.origins[pointer])];
  }
  return Object.entries(value).flatMap(([part, inner]) => {
    const name = Array.isArray(value) ? `${key}[${part}]` : key === '' ? part : `${key}.${part}`;
    return leaves(config, pointerTo(pointer, part), name, inner);
  });
}
