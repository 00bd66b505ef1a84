import { type Arguments, type Builder, type JsonObject, sourced } from '@fasthep/flow';

/** Reductions of fast-carpenter, by the names of ours. */
const REDUCTIONS: Record<string, string> = {
  sum: 'sum',
  prod: 'prod',
  any: 'any',
  all: 'all',
  count_nonzero: 'count_nonzero',
  max: 'max',
  min: 'min',
  argmax: 'argmax',
  argmin: 'argmin',
  count: 'count',
  counts: 'count',
};

/** Whether a text is one name, number or call: nothing has to be bracketed. */
const single = (text: string): boolean => /^[A-Za-z_][\w.]*(\([^()]*\))?$/.test(text.trim());

const bracketed = (text: string): string => (single(text) ? text.trim() : `(${text.trim()})`);

/** `{reduce, formula, mask, fill_missing}` as an expression. */
export function reduction(build: Builder, value: JsonObject, at: string): Arguments {
  build.keys(value, at, ['reduce', 'formula', 'mask', 'fill_missing'], 'a reduction');
  const { formula, mask, reduce, fill_missing } = value;
  if (typeof formula !== 'string') {
    build.wrong("a reduction needs a 'formula'", at, '{reduce: sum, formula: Jet_Pt}');
    return 'None';
  }
  const masked = typeof mask === 'string' ? `${bracketed(formula)}[${mask}]` : formula;
  const fill = (text: string) =>
    fill_missing === undefined ? text : `fill_none(${text}, ${String(fill_missing)})`;
  if (reduce === undefined) return sourced(fill(masked), `${at}/formula`);
  const text = String(reduce);
  if (/^-?\d+$/.test(text)) {
    const object = masked === formula ? bracketed(formula) : masked;
    // The package takes `fill_missing` here, and leaves the value out all the same: so do its tables.
    return sourced(`${object}[${text}]`, `${at}/formula`, [[0, 0]]);
  }
  const name = REDUCTIONS[text];
  if (name === undefined) {
    build.wrong(
      `there is no reduction '${text}'`,
      `${at}/reduce`,
      `there are: a number, ${Object.keys(REDUCTIONS).join(', ')}`,
    );
    return 'None';
  }
  return sourced(fill(`${name}(${masked})`), `${at}/formula`, [
    [0, 0],
    [name.length + 1, 0],
  ]);
}

/** A value as Python prints it: the names of cuts in the tables of fast-carpenter. */
export function pythonText(value: unknown): string {
  if (typeof value === 'string')
    return value.includes("'") && !value.includes('"') ? `"${value}"` : `'${value}'`;
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(pythonText).join(', ')}]`;
  if (typeof value === 'object')
    return `{${Object.entries(value as object)
      .map(([key, one]) => `${pythonText(key)}: ${pythonText(one)}`)
      .join(', ')}}`;
  return String(value);
}
