import { type Arguments, type Builder, type JsonObject, sourced } from '@fasthep/flow';
import { isMap } from '../shared/maps.ts';
import type { Stage } from './imports.ts';

const KEYS = ['binning', 'weights', 'dataset_col', 'pad_missing', 'observed', 'file_format', 'weight_data'];

/** `BinnedDataframe` without its weights: keys for `group`, and whether datasets stay apart. */
export function binning(
  build: Builder,
  stage: Stage,
): { by: { [name: string]: Arguments }; perDataset: boolean } | undefined {
  const settings = isMap(stage.settings) ? stage.settings : {};
  build.keys(settings, stage.settingsAt, KEYS, `stage '${stage.name}'`);
  if (!Array.isArray(settings.binning)) {
    build.wrong(`stage '${stage.name}' needs 'binning', a list of {in, out, bins}`, stage.settingsAt);
    return undefined;
  }
  const by: { [name: string]: Arguments } = {};
  settings.binning.forEach((item, index) => {
    const at = `${stage.settingsAt}/binning/${index}`;
    if (!isMap(item) || typeof item.in !== 'string') {
      build.wrong("a dimension needs 'in', the name of a variable", at);
      return;
    }
    build.keys(item, at, ['in', 'out', 'bins', 'index'], 'a dimension');
    const name = String(item.out ?? item.in);
    const field = item.index === undefined ? item.in : `${item.in}[${String(item.index)}]`;
    const place = sourced(field, `${at}/in`);
    by[name] = isMap(item.bins) ? { field: place, ...bins(build, item.bins, `${at}/bins`, stage) } : place;
  });
  return { by, perDataset: settings.dataset_col !== false };
}

function bins(build: Builder, value: JsonObject, at: string, stage: Stage): { [key: string]: Arguments } {
  build.keys(
    value,
    at,
    ['low', 'high', 'nbins', 'edges', 'overflow', 'underflow', 'disable_overflow', 'disable_underflow'],
    "'bins'",
  );
  const made: { [key: string]: Arguments } = {};
  if (Array.isArray(value.edges)) made.edges = sourced(value.edges, `${at}/edges`);
  else {
    for (const key of ['nbins', 'low', 'high'])
      if (typeof value[key] !== 'number')
        build.wrong(
          `'bins' needs '${key}', a number`,
          at,
          '{low: 60, high: 120, nbins: 60}, or {edges: [...]}',
        );
    made.bins = sourced([value.nbins ?? 1, value.low ?? 0, value.high ?? 1], at);
  }
  const over = value.overflow === false || value.disable_overflow === true;
  const under = value.underflow === false || value.disable_underflow === true;
  if (over && under) made.flow = false;
  else if (over || under)
    build.lost(`stage '${stage.name}' leaves out one of underflow and overflow: both are kept`, at);
  return made;
}
