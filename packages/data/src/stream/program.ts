import {
  type CollectFill,
  type FillStep,
  type Program,
  type Schema,
  SOURCE,
  type Step,
} from '@fasthep/columns';
import type { StreamProgram } from '@fasthep/flow';
import { ALL_FIELDS } from './all-fields.ts';
import { withAttached } from './attached.ts';

const canonical = (name: string) => name.replaceAll('.', '_');

/** The program of `@fasthep/columns` that a stream's program stands for. */
export function toProgram(stream: StreamProgram): Program {
  const schema = (stream.schema ?? {}) as unknown as Schema;
  const steps = stream.steps as unknown as Step[];
  const whole = withAttached({ schema, steps });
  const program: Program = { schema, steps: whole.steps.map((step) => widened(step, whole.steps, schema)) };
  // In expressions they are `dataset.name`, `dataset.xsec`, …
  if (stream.constants) program.constants = { dataset: stream.constants };
  const { collections } = stream.options ?? {};
  if (collections !== undefined) program.collections = collections as Record<string, unknown>;
  const macros = Object.entries(stream.functions ?? {}).filter(([, text]) => typeof text === 'string');
  if (macros.length > 0) program.functions = Object.fromEntries(macros) as Record<string, string>;
  return program;
}

/** A collect of all fields names them, and one of `some` those of its fields that there are. */
function widened(step: Step, steps: readonly Step[], schema: Schema): Step {
  if (step.do !== 'fill' || step.fill.kind !== 'collect') return step;
  const { fields, some } = step.fill as CollectFill & { some?: boolean };
  if (!some && !fields.includes(ALL_FIELDS)) return step;
  const seen = fieldsAt(step.from, steps, schema);
  if (fields.includes(ALL_FIELDS)) return { ...step, fill: { kind: 'collect', fields: seen } };
  const there = seen.filter((name) => fields.includes(name));
  // Where none is there, one field carries the number of rows.
  return { ...step, fill: { kind: 'collect', fields: there.length > 0 ? there : seen.slice(0, 1) } };
}

/** Every field that is seen at a step: those of the source in its order, then those made, by line. */
function fieldsAt(id: string, steps: readonly Step[], schema: Schema): string[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const chain: Step[] = [];
  for (let at = id; at !== SOURCE; ) {
    const step = byId.get(at);
    if (!step) break;
    chain.unshift(step);
    at = step.from;
  }
  let fields = new Map(Object.keys(schema).map((name) => [canonical(name), name]));
  for (const step of chain) {
    if (step.do === 'project') fields = new Map();
    if (step.do === 'define' || step.do === 'project' || step.do === 'vary')
      for (const name of Object.keys(step.fields))
        if (!fields.has(canonical(name))) fields.set(canonical(name), name);
  }
  return [...fields.values()];
}

/** The steps that fill something. */
export function fillsOf(program: Program): FillStep[] {
  return program.steps.filter((step): step is FillStep => step.do === 'fill');
}

/** Type of the product of a fill. */
export function productType(step: FillStep): string {
  const types: Record<FillStep['fill']['kind'], string> = {
    hist: 'histogram',
    group: 'table',
    counts: 'report',
    collect: 'table',
  };
  return types[step.fill.kind];
}

/** The fields of a collect. */
export function collected(step: FillStep): string[] {
  return (step.fill as CollectFill).fields;
}
