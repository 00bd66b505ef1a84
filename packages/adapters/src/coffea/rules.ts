import type { Json, JsonObject } from '@fasthep/flow';
import { canonicalName } from '../fields/type.ts';
import { Untranslatable } from './refusal.ts';

/** How one stream is brought to the left rows, for the script that joins. */
export interface Rule {
  port: string;
  by: 'entry' | [string, string][];
  how: string;
  many: string;
}

/** The rules of a join's arguments. Throws `Untranslatable`. */
export function rulesOf(args: Json): Rule[] {
  return Object.entries(args as JsonObject).map(([port, given]) => {
    const rule = (
      given !== null && typeof given === 'object' && !Array.isArray(given) ? given : { by: given }
    ) as JsonObject;
    const { by, how = 'left', many = 'error', mismatch = 'error' } = rule;
    if (mismatch !== 'error') throw new Untranslatable(`'mismatch: ${String(mismatch)}' has no translation`);
    return { port, by: by === 'entry' ? 'entry' : pairs(by!), how: String(how), many: String(many) };
  });
}

function pairs(by: Json): [string, string][] {
  const entries = Array.isArray(by)
    ? by.map((one) => [String(one), String(one)])
    : Object.entries(by as JsonObject).map(([own, other]) => [own, String(other)]);
  return entries.map(([own, other]) => [canonicalName(own!), canonicalName(other!)]);
}
