/** Config → Definition, by the syntax that recognises the document best, or the one that is named. `load` composes files that a syntax names itself. */
import type { Config } from '@fasthep/config';
import { suggest } from '../errors/index.ts';
import type { Definition } from '../types/definition.ts';
import type { Json } from '../types/json.ts';
import type { Registry, Syntax } from '../types/plugin.ts';
import type { Problem } from '../types/problem.ts';

export function readSyntax(
  config: Config,
  registry: Registry,
  name?: string,
  load?: (path: string, from: string) => Config,
): { definition: Definition; problems: Problem[]; syntax: string } {
  const syntaxes = registry.all('syntaxes').map(({ item }) => item);
  const syntax =
    name === undefined ? mostSure(syntaxes, config.value as Json) : syntaxes.find((one) => one.name === name);
  if (!syntax) {
    const names = syntaxes.map((one) => one.name);
    const problem: Problem = {
      code: 'FLOW-S016',
      message: name === undefined ? 'no syntax recognises this file' : `no syntax '${name}'`,
      help: name === undefined ? `there are: ${names.join(', ')}` : suggest(name, names, 'there are'),
    };
    return {
      definition: {
        format: 1,
        name: '',
        tasks: {},
        settings: {},
        values: {},
        origins: {},
        keyOrigins: {},
        sources: config.sources,
      },
      problems: [problem],
      syntax: name ?? '',
    };
  }
  return { ...syntax.read(config, registry, load), syntax: syntax.name };
}

function mostSure(syntaxes: readonly Syntax[], value: Json): Syntax | undefined {
  let best: Syntax | undefined;
  let most = 0;
  for (const syntax of syntaxes) {
    const sure = syntax.recognises(value);
    if (sure > most) [best, most] = [syntax, sure];
  }
  return best;
}
