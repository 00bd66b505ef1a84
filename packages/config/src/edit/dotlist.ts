import type { ResolveContext } from '../interpolation/resolvers.ts';
import { Source } from '../origin/source.ts';
import { COMMAND_LINE } from '../origin/types.ts';
import { ConfigErrors } from '../problem/problem.ts';
import type { Container } from '../tree/node.ts';
import { MapNode } from '../tree/node.ts';
import { readYaml } from '../yaml/read.ts';
import { update } from './update.ts';

/** Sets `a.b=1` words on a config; a value is YAML by OmegaConf's rules, a word without `=` is null. */
export function mergeDotlist(root: Container, words: readonly string[], context: ResolveContext): void {
  for (const word of words) {
    const equals = word.indexOf('=');
    const key = equals < 0 ? word : word.slice(0, equals);
    if (equals < 0) {
      update(root, key, null, context);
      continue;
    }
    const source = new Source(COMMAND_LINE, word.slice(equals + 1));
    const { node, problems } = readYaml(source, { mode: 'omegaconf' });
    if (problems.length > 0) throw new ConfigErrors(problems, { [COMMAND_LINE]: word });
    update(root, key, node?.kind === 'value' ? node.value : (node ?? null), context);
  }
}

/** A config from `a.b=1` words. */
export function fromDotlist(words: readonly string[], context: ResolveContext): MapNode {
  const root = new MapNode(new Map());
  mergeDotlist(root, words, context);
  return root;
}
