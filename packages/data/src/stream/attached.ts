/**
 * Weights through operators that make rows of their own (`explode`, `join`, `sort`): their factors travel as
 * columns beside the rows, and are attached again to what comes out. Each has a name that nobody writes.
 */
import {
  type DefineStep,
  type Program,
  SOURCE,
  type Step,
  type Table,
  type WeightStep,
} from '@fasthep/columns';
import { ALL_FIELDS } from './all-fields.ts';

const PREFIX = '__weight:';
const ATTACHED = 'attached weights ';

/** Whether a column is a factor on its way. */
export function isAttached(column: string): boolean {
  return column.startsWith(PREFIX);
}

/** A table without the factors that came along: what people and other programs see. */
export function withoutAttached(table: Table): Table {
  const columns = Object.entries(table.columns).filter(([name]) => !isAttached(name));
  return { length: table.length, columns: Object.fromEntries(columns) };
}

const nameOf = (index: number, factor: string, direction: string) =>
  `${PREFIX}${index}:${factor}:${direction}`;
const quoted = (name: string) => `\`${name}\``;

/** The program with the weights that its rows brought along, and those that its collects give on. */
export function withAttached(program: Program): Program {
  return givingOn(takingUp(program));
}

/** Columns that are factors become a weight step before all others. */
function takingUp(program: Program): Program {
  const columns = Object.keys(program.schema).filter(isAttached);
  if (columns.length === 0) return program;
  // One step for each factor: tasks may have attached factors of one name.
  const factors = new Map<
    string,
    { name: string; directions: { nominal: string } & Record<string, string> }
  >();
  for (const column of columns) {
    const [, index, name, direction] = /^__weight:(\d+):(.*):([^:]*)$/s.exec(column) ?? [];
    if (index === undefined || name === undefined || direction === undefined) continue;
    const before = factors.get(index)?.directions ?? { nominal: '1' };
    factors.set(index, { name, directions: { ...before, [direction]: quoted(column) } });
  }
  let from = SOURCE;
  const attached = [...factors].map(([index, { name, directions }]): Step => {
    const step: Step = { id: `${ATTACHED}${index}`, from, do: 'weight', factors: { [name]: directions } };
    from = step.id;
    return step;
  });
  return { ...program, steps: [...attached, ...moved(program.steps, SOURCE, from)] };
}

/** Steps that came from `from` come from `to`. */
function moved(steps: readonly Step[], from: string, to: string): Step[] {
  const at = (id: string) => (id === from ? to : id);
  return steps.map((step) => {
    const next = { ...step, from: at(step.from) };
    if (next.do !== 'fill' || next.fill.kind !== 'counts') return next;
    const rows = Object.entries(next.fill.rows).map(([row, columns]) => [
      row,
      Object.fromEntries(Object.entries(columns).map(([suffix, id]) => [suffix, at(id)])),
    ]);
    return { ...next, fill: { kind: 'counts', rows: Object.fromEntries(rows) } };
  });
}

/** Whether somebody asks for rows with what is attached to them. */
function asked(steps: readonly Step[]): boolean {
  return steps.some(
    (step) =>
      step.do === 'fill' &&
      step.fill.kind === 'collect' &&
      step.fill.fields.some((field) => field === ALL_FIELDS || isAttached(field)),
  );
}

/** Factors become columns where they are attached, and stay through projections. */
function givingOn(program: Program): Program {
  const weighted = program.steps.filter((step): step is WeightStep => step.do === 'weight');
  if (weighted.length === 0 || !asked(program.steps)) return program;
  const known = Object.keys(program.schema).filter(isAttached);
  let index = known.length;
  /** Step → step that has its factors as columns, and the columns seen there. */
  const after = new Map<string, string>();
  const seen = new Map<string, string[]>([[SOURCE, known]]);
  const steps: Step[] = [];
  for (const step of program.steps) {
    const above = seen.get(step.from) ?? [];
    const next: Step = { ...step, from: after.get(step.from) ?? step.from };
    seen.set(step.id, above);
    if (next.do === 'project')
      steps.push({
        ...next,
        fields: { ...next.fields, ...Object.fromEntries(above.map((name) => [name, quoted(name)])) },
      });
    else steps.push(next);
    if (step.do !== 'weight' || step.id.startsWith(ATTACHED)) continue;
    const fields: DefineStep['fields'] = {};
    for (const [factor, texts] of Object.entries(step.factors)) {
      const directions = typeof texts === 'string' ? { nominal: texts } : texts;
      for (const [direction, text] of Object.entries(directions))
        fields[nameOf(index, factor, direction)] = text;
      index++;
    }
    const columns = `${step.id} columns`;
    steps.push({ id: columns, from: step.id, do: 'define', fields });
    after.set(step.id, columns);
    seen.set(step.id, [...above, ...Object.keys(fields)]);
  }
  return { ...program, steps };
}
