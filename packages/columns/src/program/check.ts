import type { ExternalFunction } from '../functions/types.ts';
import type { Axis, Node } from '../ir/types.ts';
import type { DataType, Schema } from '../table/types.ts';
import { dataTypeOf } from '../value/type.ts';
import type { Data } from '../value/types.ts';
import { Analysis } from './analysis.ts';
import { planFill } from './fills.ts';
import type { FillPlan } from './plans.ts';
import { NOMINAL } from './states.ts';
import type { Program, ProgramInfo, StepInfo } from './types.ts';

/** What a program can call beside the documented functions. */
export interface ProgramOptions {
  externals?: Readonly<Record<string, ExternalFunction>>;
}

export interface Planned {
  analysis: Analysis;
  plans: FillPlan[];
}

/** The fills of a program, or those asked for, and what is wrong. */
export function planProgram(
  program: Program,
  outputs: readonly string[] | undefined,
  options: ProgramOptions,
): Planned {
  const analysis = new Analysis(program, options.externals);
  const plans: FillPlan[] = [];
  for (const step of analysis.steps.values()) {
    if (step.do !== 'fill') analysis.state(step.id, NOMINAL);
    if (step.do !== 'fill' || (outputs && !outputs.includes(step.id))) continue;
    const plan = planFill(analysis, step);
    if (plan) plans.push(plan);
  }
  const known = new Set(program.steps.filter((step) => step.do === 'fill').map((step) => step.id));
  for (const id of outputs ?? [])
    if (!known.has(id))
      analysis.problems.add(
        { step: id, path: [] },
        { code: 'program.output', message: `the program has no fill '${id}'` },
      );
  return { analysis, plans };
}

/** Every node and axis that the plans need. */
export function reachable(plans: readonly FillPlan[]): { nodes: Set<Node>; axes: Set<Axis> } {
  const nodes = new Set<Node>();
  const axes = new Set<Axis>();
  const open: (Node | undefined)[] = [];
  const addAxis = (axis: Axis | undefined): void => {
    if (!axis || axes.has(axis)) return;
    axes.add(axis);
    open.push(axis.body, axis.there, axis.length, ...(axis.at ?? []));
    addAxis(axis.base);
    addAxis(axis.other);
  };
  const addData = (value: Data): void => {
    for (const level of value.shape) {
      addAxis(level.axis);
      open.push(level.present);
    }
    open.push(value.ok);
    if (value.kind === 'scalar') open.push(value.node);
    else for (const get of value.fields.values()) addData(get() as Data);
  };
  for (const plan of plans)
    for (const variant of plan.variants) {
      if ('cells' in variant) {
        for (const { where, weight } of variant.cells) open.push(...where, weight.node, weight.ok);
        continue;
      }
      open.push(...variant.where);
      if ('values' in variant) {
        variant.values.forEach((value, i) => {
          if (variant.sources[i] === undefined) addData(value);
        });
        continue;
      }
      for (const level of variant.shape) {
        addAxis(level.axis);
        open.push(level.present);
      }
      open.push(variant.ok, variant.weight.node, variant.weight.ok);
      if ('coordinates' in variant) open.push(...variant.coordinates, variant.sample);
      else {
        open.push(...variant.keys);
        for (const slot of variant.slots) open.push(slot.node, slot.ok);
      }
    }
  while (open.length > 0) {
    const node = open.pop();
    if (!node || nodes.has(node)) continue;
    nodes.add(node);
    open.push(...node.args);
    addAxis(node.axis);
  }
  return { nodes, axes };
}

/** Source columns that plans read, in the order of the schema. */
export function columnsOf(plans: readonly FillPlan[], schema: Schema): string[] {
  const { nodes, axes } = reachable(plans);
  const names = new Set<string>();
  for (const node of nodes) if (node.column) names.add(node.column[0]!);
  for (const plan of plans)
    if (plan.kind === 'collect')
      for (const variant of plan.variants)
        for (const source of variant.sources) if (source !== undefined) names.add(source);
  // A list of which only the length is wanted: any of its columns will do, one that is read anyway best, else the
  // column of the lengths itself.
  for (const axis of axes)
    if (axis.kind === 'column' && !lengthColumn(axis, names, schema))
      names.add(counterColumn(axis, schema) ?? axis.path![0]!);
  return Object.keys(schema).filter((name) => names.has(name));
}

/** The column that holds the lengths of an axis, if the source has one of plain numbers. */
function counterColumn({ counter, at }: Axis, schema: Schema): string | undefined {
  if (counter === undefined || at!.length > 0 || !Object.hasOwn(schema, counter)) return undefined;
  const { kind, nullable } = schema[counter]!;
  return COUNTS.has(kind) && nullable !== true ? counter : undefined;
}

const COUNTS: ReadonlySet<string> = new Set(['int8', 'int16', 'int32', 'uint8', 'uint16', 'uint32']);

/** A column among `names` that has the lists of an axis. */
function lengthColumn(axis: Axis, names: ReadonlySet<string>, schema: Schema): string | undefined {
  const [own] = axis.path!;
  if (names.has(own!) || axis.counter === undefined) return names.has(own!) ? own : undefined;
  for (const name of names) {
    const type = schema[name];
    if (type?.kind === 'list' && type.counter === axis.counter) return name;
  }
  return undefined;
}

/**
 * Checks a program and says what it reads and makes: types, levels and names of everything, with the place of what is
 * wrong. Opens nothing. `outputs`: only these fills count for `columns`.
 */
export function checkProgram(
  program: Program,
  outputs?: readonly string[],
  options: ProgramOptions = {},
): ProgramInfo {
  const { analysis, plans } = planProgram(program, outputs, options);
  const steps: Record<string, StepInfo> = {};
  for (const step of program.steps) {
    const texts = Object.fromEntries(analysis.texts.get(step.id) ?? []);
    steps[step.id] = { texts, makes: makes(analysis, step.id) };
    const plan = plans.find((one) => one.id === step.id);
    if (plan) steps[step.id]!.labels = plan.labels.map(([label, values]) => [label, [...values]]);
  }
  return { problems: analysis.problems.list, columns: columnsOf(plans, program.schema), steps };
}

function makes(analysis: Analysis, id: string): Record<string, DataType> {
  const step = analysis.steps.get(id);
  if (!step || !(step.do === 'define' || step.do === 'project' || step.do === 'vary')) return {};
  const { fields } = analysis.state(id, NOMINAL);
  const result: [string, DataType][] = [];
  for (const name of Object.keys(step.fields)) {
    const field = fields.named(name.replaceAll('.', '_')).find((one) => one.name === name);
    const value =
      field && analysis.problems.attempt({ step: id, path: ['fields', name] }, () => field.value());
    if (value) result.push([name, dataTypeOf(value)]);
  }
  return Object.fromEntries(result);
}
