import { nearest } from '@fasthep/config';
import type { Operator, Plugin, Registry, StreamType, ValueType } from '../types/plugin.ts';

/** Gives a plug-in its type; the way in for shipped packs and anyone else's alike. */
export function definePlugin(plugin: Plugin): Plugin {
  return plugin;
}

/** Looks things up by name over all plug-ins. Two packs may have an operator of one name: then `pack.name` is needed. */
export function createRegistry(plugins: readonly Plugin[]): Registry {
  const operators = new Map<string, { operator: Operator; qualified: string }[]>();
  const types = new Map<string, ValueType>();
  const streams = new Map<string, StreamType>();
  for (const plugin of plugins) {
    for (const operator of plugin.operators ?? []) {
      const entry = { operator, qualified: `${plugin.name}.${operator.name}` };
      for (const name of [operator.name, entry.qualified]) {
        operators.set(name, [...(operators.get(name) ?? []), entry]);
      }
    }
    for (const type of plugin.types ?? []) types.set(type.name, type);
    for (const stream of plugin.streams ?? []) streams.set(stream.name, stream);
  }

  return {
    plugins,
    operator(name) {
      const found = operators.get(name) ?? [];
      if (found.length === 1) return found[0]!;
      if (found.length > 1) {
        const packs = found.map((entry) => `'${entry.qualified}'`).join(' or ');
        return {
          problem: { message: `operator '${name}' is in several packs`, help: `write ${packs}` },
        };
      }
      const [guess] = nearest(name, [...operators.keys()]);
      const packs = plugins.filter((plugin) => plugin.operators?.length).map((plugin) => plugin.name);
      const home = guess?.includes('.')
        ? ''
        : ` (pack ${operators.get(guess ?? '')?.[0]?.qualified.split('.')[0]})`;
      return {
        problem: {
          message: `unknown operator '${name}'`,
          help: guess ? `did you mean '${guess}'${home}?` : `packs searched: ${packs.join(', ') || 'none'}`,
        },
      };
    },
    type: (name) => types.get(name),
    stream: (name) => streams.get(name),
    all(kind) {
      return plugins.flatMap((plugin) =>
        ((plugin[kind] ?? []) as NonNullable<Plugin[typeof kind]>[number][]).map((item) => ({
          pack: plugin.name,
          item,
        })),
      );
    },
  };
}
