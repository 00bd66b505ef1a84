import { expandMain } from '../arguments/index.ts';
import type { TaskDefinition } from '../types/definition.ts';
import type { Operator, Port } from '../types/plugin.ts';

/** The types that a port takes or gives. */
export function typesOf(port: Port): string[] {
  return Array.isArray(port.type) ? port.type : [port.type];
}

/** Output ports of a task. Arguments that the operator cannot make ports of give none: they are reported elsewhere. */
export function outputsOf(operator: Operator, task: TaskDefinition): Record<string, Port> {
  if (typeof operator.outputs !== 'function') return operator.outputs;
  try {
    const named = expandMain(operator, task.args);
    return operator.outputs(operator.normalise ? operator.normalise(named) : named);
  } catch {
    return {};
  }
}

/** The output that the bare name of a task means: its only one, or its rows, or its `result`. */
export function mainOutput(outputs: Record<string, Port>): string | undefined {
  const names = Object.keys(outputs);
  if (names.length === 1) return names[0];
  return ['rows', 'result', 'out'].find((name) => Object.hasOwn(outputs, name));
}

/** Whether an operator gives rows: its task moves the stream. */
export function givesRows(outputs: Record<string, Port>): boolean {
  return Object.values(outputs).some((port) => typesOf(port).includes('rows'));
}

/** Whether what comes out of one port can go into another. */
export function accepts(input: Port, type: string): boolean {
  const types = typesOf(input);
  return types.includes(type) || types.includes('any') || type === 'any';
}

/** `rows`: reads the stream; `product`: reads what stands directly above; `mixed`: takes either. */
export function readsOf(port: Port): 'rows' | 'mixed' | 'product' {
  const types = typesOf(port);
  if (types.every((type) => type === 'rows')) return 'rows';
  return types.includes('rows') ? 'mixed' : 'product';
}

/** The types of a port in words. */
export function typeWords(port: Port): string {
  const words: Record<string, string> = {
    rows: 'rows',
    table: 'a table',
    histogram: 'a histogram',
    report: 'a report',
    files: 'files',
    any: 'anything',
  };
  const types = typesOf(port).map((type) => words[type] ?? type);
  return types.length < 2 ? (types[0] ?? 'nothing') : `${types.slice(0, -1).join(', ')} or ${types.at(-1)}`;
}
