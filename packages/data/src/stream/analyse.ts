import { checkProgram, type DataType, type Program, type ProgramProblem, type Step } from '@fasthep/columns';
import type { Json, StreamInfo, StreamProgram } from '@fasthep/flow';
import { fillColumns } from './columns.ts';
import { describer } from './describe.ts';
import { collected, fillsOf, productType, toProgram } from './program.ts';
import { fieldAt } from './resolve.ts';

/** Problems, fields, and for each fill what it depends on. Opens nothing. */
export function analyse(stream: StreamProgram): StreamInfo {
  const program = toProgram(stream);
  const info = checkProgram(withTypes(program));
  const describe = describer(program, info);
  const failed = info.problems.some((problem) => problem.severity !== 'warning');

  const columns = fillColumns(program, info);

  const outputs: StreamInfo['outputs'] = {};
  for (const step of fillsOf(program)) {
    outputs[step.id] = {
      type: productType(step),
      columns: failed ? [] : columns(step),
      ...describe(step),
      labels: (info.steps[step.id]?.labels ?? []).map(([label]) => label),
    };
    if (step.fill.kind !== 'collect') continue;
    const made = info.steps[typesId(step.id)]?.makes ?? {};
    const types = collected(step).map((name): [string, DataType | undefined] => [
      name,
      isSource(name, step.from, program) ? program.schema[name] : made[name],
    ]);
    outputs[step.id]!.whole = keepsAll(step.from, program);
    outputs[step.id]!.schema = Object.fromEntries(types.filter(([, type]) => type)) as unknown as Json;
  }

  const fields: StreamInfo['fields'] = {};
  for (const step of stream.steps) {
    const { texts = {}, makes = {} } = info.steps[step.id] ?? {};
    const reads = new Set(Object.values(texts).flatMap((text) => text.reads));
    fields[step.id] = { reads: [...reads].sort(), makes: Object.keys(makes) };
  }
  const own = new Set(stream.steps.map((step) => step.id));
  const problems = info.problems
    .filter((problem) => own.has(problem.step) || problem.step === '')
    .map((problem) => ({ ...problem, path: blamed(problem, program) }));
  return { problems, outputs, fields };
}

/** A problem of an axis as such is about its bins or edges, not its field. */
function blamed({ code, step: id, path }: ProgramProblem, program: Program): ProgramProblem['path'] {
  const step = program.steps.find((one) => one.id === id);
  if (code !== 'hist.axis' || path.at(-1) !== 'field' || step?.do !== 'fill') return path;
  const { fill } = step;
  const axes = fill.kind === 'hist' ? fill.axes : fill.kind === 'group' ? fill.by : [];
  const axis = axes[Number(path.at(-2))];
  const part = axis?.bins ? 'bins' : axis?.edges ? 'edges' : 'field';
  return [...path.slice(0, -1), part];
}

/** Whether every row of the source is there, once. */
function keepsAll(at: string, program: Program): boolean {
  const step = program.steps.find((one) => one.id === at);
  if (!step) return true;
  return !['keep', 'branch', 'only'].includes(step.do) && keepsAll(step.from, program);
}

const typesId = (fill: string) => `${fill} types`;

/** Whether a collected field is a column of the source as it is. */
function isSource(name: string, at: string, program: Program): boolean {
  const steps = new Map(program.steps.map((step) => [step.id, step]));
  const projected = (id: string): boolean => {
    const step = steps.get(id);
    return step !== undefined && (step.do === 'project' || projected(step.from));
  };
  return fieldAt(name, at, steps) === undefined && !projected(at) && Object.hasOwn(program.schema, name);
}

/** A projection beside each collect, from which the types of its fields are known. */
function withTypes(program: Program): Program {
  const steps = program.steps.flatMap((step): Step[] => {
    if (step.do !== 'fill' || step.fill.kind !== 'collect') return [step];
    const fields = Object.fromEntries(collected(step).map((name) => [name, nameText(name)]));
    return [{ id: typesId(step.id), from: step.from, do: 'project', fields }, step];
  });
  return { ...program, steps };
}

/** A field's name as an expression. */
function nameText(name: string): string {
  const plain = name.split('.').every((part) => /^[\p{L}_][\p{L}\p{N}_]*$|^\d+$/u.test(part));
  return plain ? name : `\`${name}\``;
}
