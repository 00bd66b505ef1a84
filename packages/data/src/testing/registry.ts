import type { Plugin, Registry } from '@fasthep/flow';

/** A registry over plug-ins that knows what operators ask for at run time. */
export function testRegistry(...plugins: Plugin[]): Registry {
  return {
    plugins,
    operator: (name) => {
      for (const plugin of plugins)
        for (const operator of plugin.operators ?? [])
          if (operator.name === name) return { operator, qualified: `${plugin.name}.${name}` };
      return { problem: { message: `no ${name}` } };
    },
    type: (name) => plugins.flatMap((plugin) => plugin.types ?? []).find((type) => type.name === name),
    stream: (name) => plugins.flatMap((plugin) => plugin.streams ?? []).find((type) => type.name === name),
    all: (kind) =>
      plugins.flatMap((plugin) =>
        ((plugin[kind] ?? []) as NonNullable<Plugin[typeof kind]>[number][]).map((item) => ({
          pack: plugin.name,
          item,
        })),
      ),
  };
}
