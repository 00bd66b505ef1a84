import { FlowError, type Plan, type Registry } from '@fasthep/flow';

/** Semantics numbers of all that a plan uses: operators by name, stream types as `stream NAME`. */
export function semanticsOf(plan: Plan, registry: Registry): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const family of plan.families) {
    if (family.kind === 'single') numbers[family.operator] = family.semantics;
    if (family.kind !== 'segment') continue;
    if (!('product' in family.source)) numbers[family.source.operator] = family.source.semantics;
    for (const { from } of family.stages) if (from.kind === 'batch') numbers[from.operator] = from.semantics;
    const stream = registry.stream(family.stream);
    if (stream) numbers[`stream ${family.stream}`] = stream.semantics;
  }
  return numbers;
}

/** Refuses work whose results would stand under keys of another meaning. */
export function checkSemantics(numbers: Record<string, number>, registry: Registry): void {
  for (const [name, expected] of Object.entries(numbers)) {
    const here = name.startsWith('stream ')
      ? registry.stream(name.slice('stream '.length))?.semantics
      : operatorSemantics(name, registry);
    if (here === expected) continue;
    const what = here === undefined ? 'there is none' : `it is ${here}`;
    throw new FlowError(
      'FLOW-R005',
      `the plan was made with semantics number ${expected} of '${name}', and here ${what}`,
      'workers need the same packs in the same versions as the command that made the plan',
    );
  }
}

function operatorSemantics(name: string, registry: Registry): number | undefined {
  const found = registry.operator(name);
  return 'operator' in found ? found.operator.semantics : undefined;
}
