import { type Arguments, type Builder, type Json, sourced } from '@fasthep/flow';
import { isMap } from './maps.ts';

/** Words of a curator file that only say what can be counted. */
const COUNTED = ['nevents', 'nfiles'];

/**
 * The datasets of a curator file as a catalogue of ours: `eventtype` is `kind`, `group` is `process`; `defaults`
 * fill what a dataset does not say. Undefined where there are none.
 */
export function catalogue(
  build: Builder,
  list: Json | undefined,
  defaults: Json | undefined,
  at: string,
  treeWord: string,
): Arguments[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const fill = isMap(defaults) ? defaults : {};
  return list.flatMap((dataset, index): Arguments[] => {
    const place = `${at}/${index}`;
    if (!isMap(dataset)) {
      build.wrong('a dataset must be a map with name and files', place);
      return [];
    }
    const made: { [key: string]: Arguments } = {};
    const from = (key: string): Arguments | undefined => {
      if (dataset[key] !== undefined) return sourced(dataset[key], `${place}/${key}`);
      return fill[key] === undefined
        ? undefined
        : sourced(fill[key], `${at.replace(/\/[^/]*$/, '')}/defaults/${key}`);
    };
    for (const [ours, theirs] of [
      ['name', 'name'],
      ['kind', 'eventtype'],
      ['files', 'files'],
      ['tree', treeWord],
      ['process', 'group'],
    ] as const) {
      const value = from(theirs);
      if (value !== undefined) made[ours] = value;
    }
    made.kind ??= 'mc';
    for (const key of Object.keys({ ...fill, ...dataset }))
      if (!['name', 'eventtype', 'files', treeWord, 'group', ...COUNTED].includes(key))
        made[key] = from(key)!;
    for (const key of ['name', 'files'])
      if (made[key] === undefined) build.wrong(`a dataset has no '${key}'`, place);
    return [made];
  });
}
