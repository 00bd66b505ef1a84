/**
 * What a fill depends on, as a text: expressions in canonical form, with the fields they read replaced by what
 * these depend on, the rows' selection, weights and labels. No step, task or file name is in it, nor an order
 * that does not matter: equal texts mean equal results on equal rows.
 */
import type { AxisSpec, Condition, Fill, HistFill, Program, ProgramInfo, Step } from '@fasthep/columns';
import { contentKey, type Json, type JsonObject } from '@fasthep/flow';
import { fieldAt } from './resolve.ts';

export interface Description {
  canonical: string;
  /** Names of constants in use: `dataset.xsec`. */
  constants: string[];
}

/** Describes the fills of one program. Definitions are described once. */
export function describer(program: Program, info: ProgramInfo): (fill: Step & { do: 'fill' }) => Description {
  const steps = new Map(program.steps.map((step) => [step.id, step]));
  const definitions = new Map<string, { hash: string; constants: readonly string[] }>();
  const used: Set<string>[] = [];
  const note = (names: Iterable<string>) => {
    for (const name of names) used.at(-1)?.add(name);
  };

  /** Runs `work` and gives the constants that it used as well; they count for what is around it too. */
  const tracking = <T>(work: () => T): { value: T; constants: string[] } => {
    used.push(new Set());
    const value = work();
    const constants = [...used.pop()!].sort();
    note(constants);
    return { value, constants };
  };

  /** What many fills share is described once, and stands in each by its hash where it is long. */
  const parts = new Map<string, { value: Json; constants: readonly string[] }>();
  const shared = (key: string, work: () => Json): Json => {
    let part = parts.get(key);
    if (!part) {
      const made = tracking(work);
      const long = JSON.stringify(made.value).length > 256;
      part = { value: long ? contentKey(made.value) : made.value, constants: made.constants };
      parts.set(key, part);
    }
    note(part.constants);
    return part.value;
  };

  const text = (step: string, path: string, written: string): Json => {
    const found = info.steps[step]?.texts[path];
    const canonical = found?.canonical ?? written;
    note([...canonical.matchAll(/\bdataset\.[\p{L}_][\p{L}\p{N}_.]*/gu)].map((match) => match[0]));
    const reads = (found?.reads ?? []).filter((read) => read.includes('@')).sort();
    return reads.length === 0
      ? canonical
      : [canonical, Object.fromEntries(reads.map((read) => [nameOf(read), field(read)]))];
  };

  /** The hash of what a field depends on. */
  const field = (read: string): string => {
    const known = definitions.get(read);
    if (known) {
      note(known.constants);
      return known.hash;
    }
    // A field that is defined by itself has no description; that it is an error is told elsewhere.
    definitions.set(read, { hash: '', constants: [] });
    const { value, constants } = tracking(() => contentKey(definition(read)));
    definitions.set(read, { hash: value, constants });
    return value;
  };

  const definition = (read: string): Json => {
    const at = read.indexOf('@');
    const [name, id] = [read.slice(0, at), read.slice(at + 1)];
    const step = steps.get(id);
    if (step?.do === 'vary') {
      const directions = Object.entries(step.fields[name] ?? {}).map(([direction, written]) => [
        direction,
        text(id, `fields/${name}/${direction}`, written),
      ]);
      return {
        vary: step.name,
        directions: Object.fromEntries(directions),
        nominal: reference(name, step.from),
      };
    }
    if (step?.do !== 'define' && step?.do !== 'project') return read;
    const value = text(id, `fields/${name}`, step.fields[name] ?? '');
    // `pair.weight: 1` is one for each of `pair`.
    const dot = step.do === 'define' ? name.lastIndexOf('.') : -1;
    return dot < 0 ? value : { value, of: reference(name.slice(0, dot), id) };
  };

  /** A field by its name as seen at a step: a source column's name, or a hash. */
  const reference = (name: string, at: string): Json => {
    const read = fieldAt(name, at, steps);
    return read === undefined || definitions.get(read)?.hash === '' ? name : [name, field(read)];
  };

  const condition = (step: string, path: string, value: Condition): Json => {
    if (typeof value === 'string') return text(step, path, value);
    if ('not' in value) return { not: condition(step, `${path}/not`, value.not) };
    const key = 'all' in value ? 'all' : 'any';
    const list = 'all' in value ? value.all : value.any;
    return { [key]: unordered(list.map((one, i) => condition(step, `${path}/${key}/${i}`, one))) };
  };

  /** Rows at a step: cuts in no order, branches from the outside in. */
  const rowsAt = (id: string): Json => {
    const cuts: Json[] = [];
    const branches: JsonObject[] = [];
    for (const step of chain(id, steps)) {
      if (step.do === 'keep') {
        const cut = condition(step.id, 'expr', step.expr);
        cuts.push(...(isAll(cut) ? cut.all : [cut]));
      } else if (step.do === 'branch') {
        const cases = Object.entries(step.cases).map(([name, one]) => [
          name,
          condition(step.id, `cases/${name}`, one),
        ]);
        branches.push({
          label: step.label,
          order: Object.keys(step.cases),
          cases: Object.fromEntries(cases),
        });
      } else if (step.do === 'only') {
        const branch = branches.find((one) => one.label === step.label);
        const cases = branch?.cases as JsonObject | undefined;
        if (branch && cases?.[step.value] !== undefined) {
          branch.order = [step.value];
          branch.cases = { [step.value]: cases[step.value]! };
        }
      }
    }
    return { cuts: unordered(cuts), branches };
  };

  /** Attached factors in their order: a product depends on it in the last digit. Names only where they show. */
  const weightsAt = (id: string, names?: readonly string[]): Json => {
    const factors: Json[] = [];
    for (const step of chain(id, steps)) {
      if (step.do !== 'weight') continue;
      for (const [name, factor] of Object.entries(step.factors)) {
        if (names && !names.includes(name)) continue;
        if (typeof factor === 'string') factors.push(text(step.id, `factors/${name}`, factor));
        else {
          const directions = Object.entries(factor).map(([direction, written]) => [
            direction,
            text(step.id, `factors/${name}/${direction}`, written),
          ]);
          factors.push({ name, directions: Object.fromEntries(directions) });
        }
      }
    }
    return factors;
  };

  const rows = (id: string) => shared(`rows ${id}`, () => rowsAt(id));
  const weights = (id: string, names?: readonly string[]) =>
    shared(`weights ${id} ${names ? JSON.stringify(names) : ''}`, () => weightsAt(id, names));

  const axis = (step: string, path: string, spec: AxisSpec): Json => {
    const { field: written, ...rest } = spec;
    return { ...(rest as unknown as JsonObject), field: text(step, `${path}/field`, written) };
  };

  /** An expression of its own, or attached factors; counts take none. */
  const histWeight = (id: string, from: string, { weight, storage }: HistFill): Json => {
    if (typeof weight === 'string') return text(id, 'fill/weight', weight);
    return weight === 1 || storage === 'count' ? 1 : weights(from, weight);
  };

  const body = (id: string, from: string, fill: Fill): Json => {
    switch (fill.kind) {
      case 'hist': {
        return {
          kind: 'hist',
          storage: fill.storage,
          axes: fill.axes.map((one, i) => axis(id, `fill/axes/${i}`, one)),
          weight: histWeight(id, from, fill),
          ...(fill.sample === undefined ? {} : { sample: text(id, 'fill/sample', fill.sample) }),
          rows: rows(from),
        };
      }
      case 'group': {
        const agg = Object.entries(fill.agg).map(
          ([name, written]): Json => [name, text(id, `fill/agg/${name}`, written)],
        );
        const weighted = Object.values(fill.agg).some((written) => /\bsumw2?\s*\(/.test(written));
        const by = fill.by.map((one, i) => axis(id, `fill/by/${i}`, one));
        return { kind: 'group', by, agg, ...(weighted ? { weight: weights(from) } : {}), rows: rows(from) };
      }
      case 'counts': {
        const counts = Object.entries(fill.rows).map(
          ([name, columns]): Json => [
            name,
            Object.fromEntries(
              Object.entries(columns).map(([suffix, at]) => [suffix, [rows(at), weights(at)]]),
            ),
          ],
        );
        return { kind: 'counts', counts };
      }
      case 'collect':
        return {
          kind: 'collect',
          fields: fill.fields.map((name) => reference(name, from)),
          rows: rows(from),
        };
    }
  };

  return (fill) => {
    const { value, constants } = tracking(() => body(fill.id, fill.from, fill.fill));
    const labels = (info.steps[fill.id]?.labels ?? []) as unknown as Json;
    const whole: JsonObject = { fill: value, labels };
    if (program.collections) whole.collections = program.collections as JsonObject;
    return { canonical: JSON.stringify(whole), constants };
  };
}

const nameOf = (read: string) => read.slice(0, read.indexOf('@'));

/** The steps from the source to this one. */
function chain(id: string, steps: ReadonlyMap<string, Step>): Step[] {
  const list: Step[] = [];
  for (let step = steps.get(id); step; step = steps.get(step.from)) list.push(step);
  return list.reverse();
}

function unordered(list: Json[]): Json[] {
  const byText = new Map(list.map((one) => [JSON.stringify(one), one]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function isAll(value: Json): value is { all: Json[] } {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && Array.isArray(value.all);
}
