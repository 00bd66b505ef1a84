import type { Config, Json, JsonObject } from '@fasthep/flow';
import { isMap } from '../shared/maps.ts';

/** One stage of a sequence, with the place of its name and of its settings. */
export interface Stage {
  name: string;
  /** The Python class as written. */
  class: string;
  settings: Json;
  /** Pointers into the config. */
  at: string;
  settingsAt: string;
}

/** Files that a sequence names, put into one config beside it. */
export interface Sequence {
  config: Config;
  stages: Stage[];
  problems: { message: string; at: string; help?: string }[];
}

/** Composes a file that another one names. */
export type Load = (path: string, from: string) => Config;

/** A config with another one below a key of its own, places and all. */
function withConfig(config: Config, key: string, other: Config): Config {
  const below = <T>(places: Record<string, T>) =>
    Object.fromEntries(Object.entries(places).map(([at, place]) => [`/${key}${at}`, place]));
  return {
    ...config,
    value: { ...(config.value as JsonObject), [key]: other.value },
    origins: { ...config.origins, ...below(other.origins) },
    keyOrigins: { ...config.keyOrigins, ...below(other.keyOrigins) },
    sources: { ...config.sources, ...other.sources },
  };
}

/** The stages of a sequence in their order, those of `IMPORT`ed files in the place of the import. */
export function stagesOf(start: Config, load: Load | undefined): Sequence {
  let config = start;
  const problems: Sequence['problems'] = [];
  const stages: Stage[] = [];
  let imports = 0;

  const visit = (value: JsonObject, at: string, depth: number): void => {
    if (!Array.isArray(value.stages)) {
      problems.push({
        message: "'stages' must be a list of {Name: python.Class}",
        at: `${at}/stages`,
        help: '- BasicVars: fast_carpenter.Define',
      });
      return;
    }
    value.stages.forEach((item, index) => {
      const place = `${at}/stages/${index}`;
      const entries = isMap(item) ? Object.entries(item) : [];
      const [entry] = entries;
      if (entries.length !== 1 || !entry || typeof entry[1] !== 'string') {
        problems.push({
          message: 'a stage must be {Name: python.Class}',
          at: place,
          help: '- BasicVars: fast_carpenter.Define',
        });
        return;
      }
      const [name, text] = entry;
      if (name !== 'IMPORT') {
        stages.push({
          name,
          class: text,
          settings: value[name] ?? null,
          at: `${place}/${name}`,
          settingsAt: `${at}/${name}`,
        });
        return;
      }
      const path = text.replace(/^\{this_dir\}\//, '');
      if (!load || depth > 20) {
        problems.push({
          message: `'${path}' cannot be imported here`,
          at: place,
          help: 'put its stages into this file',
        });
        return;
      }
      const from = config.origins[`${place}/IMPORT`]?.file ?? Object.keys(start.sources)[0] ?? '';
      const other = load(path, from);
      const key = `<import ${imports++}>`;
      config = withConfig(config, key, other);
      if (isMap(other.value as Json)) visit(other.value as JsonObject, `/${key}`, depth + 1);
    });
  };
  visit(start.value as JsonObject, '', 0);
  return { config, stages, problems };
}
