import { originOf } from '../origin/make.ts';
import { Source } from '../origin/source.ts';
import { ConfigErrors, ConfigProblem } from '../problem/problem.ts';
import type { Container, Node } from '../tree/node.ts';
import { MapNode, ValueNode } from '../tree/node.ts';
import type { YamlOptions } from './options.ts';
import { readYaml } from './read.ts';

/** A config from YAML text. `file` is the name that origins and errors give; throws `ConfigErrors`. */
export function load(text: string, options: YamlOptions & { file?: string } = {}): Container {
  const source = new Source(options.file ?? '<text>', text);
  const { node, problems } = readYaml(source, options);
  if (problems.length > 0) throw new ConfigErrors(problems, { [source.file]: text });
  if (options.mode === 'omegaconf' && node?.kind === 'value' && typeof node.value === 'string')
    return bareWord(node);
  return asConfig(node, source);
}

/** A text alone, as OmegaConf takes it: a key whose value is null. */
function bareWord(node: ValueNode): MapNode {
  const map = new MapNode(new Map(), node.place);
  const child = new ValueNode(null, node.place);
  child.parent = map;
  child.key = String(node.value);
  (map.content as Map<string, Node>).set(child.key, child);
  return map;
}

/** A document as a config: an empty one is an empty map, a leaf alone is refused. */
export function asConfig(node: Node | undefined, source: Source): Container {
  if (node && node.kind !== 'value') return node;
  if (!node || node.value === null) return new MapNode(new Map(), { source, start: 0, end: 0 });
  const problem = new ConfigProblem('yaml-syntax', 'the document is one value, not a map', {
    origin: node.place && originOf(node.place),
  });
  throw new ConfigErrors([problem], { [source.file]: source.text });
}

/** OmegaConf's `create` of a text: YAML, where a bare word `foo` is the map `{foo: null}`. */
export function createFromText(text: string, options: YamlOptions = {}): Container {
  const source = new Source('<text>', text);
  const { node, problems } = readYaml(source, { mode: 'omegaconf', ...options });
  if (problems.length > 0) throw new ConfigErrors(problems, { [source.file]: text });
  if (node?.kind === 'value' && typeof node.value === 'string') return bareWord(node);
  if (node?.kind === 'value' && node.value !== null)
    throw new ConfigProblem('type', 'the text is one value, not a config');
  return asConfig(node, source);
}
