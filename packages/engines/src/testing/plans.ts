/** Plans for tests of back ends. */
import type { JsonObject, Plan, StreamStep } from '@fasthep/flow';
import { type NumbersPlan, numbersPlan } from '@fasthep/flow/testing';

const STEPS: StreamStep[] = [
  { id: 'plus', from: '', do: 'add', by: 1 },
  { id: 'all', from: 'plus', do: 'sum' },
];

/** Datasets `a`, with so many files, and `b`, with one; their sums, and single tasks that read them. */
export function mapReduce(files: number, more: Partial<NumbersPlan> = {}): Plan {
  return numbersPlan({
    datasets: { a: Array.from({ length: files }, (_, i) => `${i}..${i + 50}`), b: ['0..500'] },
    steps: STEPS,
    sums: ['all'],
    singles: [{ node: 'minus', operator: 'negate', reads: ['all'] }],
    ...more,
  });
}

/** One sum, two tasks that read it, one that reads both. */
export function diamond(): Plan {
  return mapReduce(2, {
    singles: [
      { node: 'left', operator: 'negate', args: { note: 'left' }, reads: ['all'] },
      { node: 'right', operator: 'negate', args: { note: 'right' }, reads: ['all'] },
      { node: 'bottom', operator: 'negate', reads: ['left', 'right'] },
    ],
  });
}

/** One operator of the pack of faults, under its name. */
export interface FaultTask {
  node: string;
  fault: string;
  args: JsonObject;
  control?: JsonObject;
  reads?: string[];
}

/** Tasks that go wrong, beside others. */
export function withFaults(faults: FaultTask[], singles: NonNullable<NumbersPlan['singles']> = []): Plan {
  const plan = mapReduce(2, {
    singles: [
      ...faults.map(({ node, fault, args, control, reads }) => ({
        node,
        operator: `../${fault}`,
        args,
        control: control ?? {},
        reads: reads ?? [],
      })),
      ...singles,
    ],
  });
  for (const family of plan.families) {
    if (family.kind === 'single') family.operator = family.operator.replace('numbers.../', 'faults.');
  }
  return plan;
}
