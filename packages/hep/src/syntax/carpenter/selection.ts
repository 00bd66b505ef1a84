import type { Arguments, Builder, Json } from '@fasthep/flow';
import { sourced } from '@fasthep/flow';
import { isMap } from '../shared/maps.ts';
import { pythonText, reduction } from './expressions.ts';

/** A cut as a condition of ours: a text, `{All: [...]}`, `{Any: [...]}` or a reduction. */
export function condition(build: Builder, value: Json, at: string): Arguments {
  if (typeof value === 'string') return sourced(value, at);
  if (isMap(value)) {
    for (const [word, ours] of [
      ['All', 'all'],
      ['Any', 'any'],
    ] as const) {
      const inner = value[word];
      if (Array.isArray(inner))
        return { [ours]: inner.map((one, index) => condition(build, one, `${at}/${word}/${index}`)) };
    }
    if (value.formula !== undefined) return reduction(build, value, at);
  }
  build.wrong('a cut must be a text, {All: [...]}, {Any: [...]} or {reduce, formula}', at);
  return 'True';
}

/** Whether a selection is one list of cuts that must all hold, with nothing inside them. */
export const isFlat = (selection: Json): boolean =>
  isMap(selection) &&
  Array.isArray(selection.All) &&
  selection.All.every((cut) => !isMap(cut) || (cut.All === undefined && cut.Any === undefined));

/** The cuts of a selection by their names: those that stand in a row (`All`), else the one there is. */
export function cutsOf(build: Builder, selection: Json, at: string): { [name: string]: Arguments } {
  const cuts: { [name: string]: Arguments } = {};
  const add = (value: Json, place: string) => {
    const label = typeof value === 'string' ? value : pythonText(value);
    let name = label;
    for (let count = 2; Object.hasOwn(cuts, name); count++) name = `${label} (${count})`;
    cuts[name] = condition(build, value, place);
  };
  if (isMap(selection) && Array.isArray(selection.All))
    for (const [index, cut] of selection.All.entries()) add(cut, `${at}/All/${index}`);
  else add(selection, at);
  return cuts;
}
