import {
  checkProgram,
  type FillStep,
  type Program,
  type ProgramInfo,
  type Schema,
  SOURCE,
  type Step,
} from '@fasthep/columns';

/**
 * The source columns that each fill reads, of a program without errors. Variations are looked at once for all
 * fills, and each fill with no more than the steps above it: programs may have a thousand fills and a hundred
 * variations.
 */
export function fillColumns(program: Program, info: ProgramInfo): (fill: FillStep) => string[] {
  const used = new Set(info.columns);
  // What a text names has to be there, even where none of its values is needed in the end.
  for (const { texts = {} } of Object.values(info.steps))
    for (const { reads } of Object.values(texts))
      for (const name of reads) if (Object.hasOwn(program.schema, name)) used.add(name);
  // A fill that counts objects reads no more than their number, where all fills together need not.
  for (const name of info.columns) {
    const type = program.schema[name];
    if (type?.kind === 'list' && type.counter !== undefined) used.add(type.counter);
  }
  const schema: Schema = Object.fromEntries(
    Object.entries(program.schema).filter(([name]) => used.has(name)),
  );
  const collections = among(program.collections ?? {}, used);
  const steps = new Map(program.steps.map((step) => [step.id, step]));
  const nominal = new Map(program.steps.map((step) => [step.id, withoutDirections(step)]));
  const directions = new Map<string, readonly string[]>();

  const above = (ids: readonly string[]): Step[] => {
    const wanted = new Set<string>();
    for (const id of ids)
      for (let step = steps.get(id); step && !wanted.has(step.id); step = steps.get(step.from))
        wanted.add(step.id);
    return program.steps.filter((step) => wanted.has(step.id));
  };
  const check = (list: readonly Step[], fill: string): string[] =>
    checkProgram({ ...program, schema, steps: [...list], collections }, [fill]).columns;

  /** Columns that the directions of a weight or of a variation read. */
  const directionColumns = (step: Step): readonly string[] => {
    const known = directions.get(step.id);
    if (known) return known;
    const texts = directionTexts(step);
    const fields = Object.fromEntries(texts.map((text, i) => [`d${i}`, text]));
    const columns =
      texts.length === 0
        ? []
        : check(
            [
              ...above([step.from]).map((one) => nominal.get(one.id)!),
              { id: 'directions', from: step.from, do: 'project', fields },
              {
                id: 'columns',
                from: 'directions',
                do: 'fill',
                fill: { kind: 'collect', fields: Object.keys(fields) },
              },
            ],
            'columns',
          );
    directions.set(step.id, columns);
    return columns;
  };

  return (fill) => {
    const chain = above(sources(fill));
    const columns = new Set(check([...chain.map((step) => nominal.get(step.id)!), fill], fill.id));
    const variations = new Set(
      info.steps[fill.id]?.labels?.find(([label]) => label === 'variation')?.[1] ?? [],
    );
    for (const step of chain)
      if (variationNames(step).some((name) => variations.has(name)))
        for (const column of directionColumns(step)) columns.add(column);
    return Object.keys(program.schema).filter((name) => columns.has(name));
  };
}

/** Collections without the members that are not read. */
function among(collections: Record<string, unknown>, used: ReadonlySet<string>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, members] of Object.entries(collections)) {
    const own = Object.entries(members as Record<string, string>).filter(([, column]) => used.has(column));
    if (own.length > 0)
      kept[name] = Array.isArray(members) ? own.map(([, column]) => column) : Object.fromEntries(own);
  }
  return kept;
}

/** The steps whose rows a fill looks at. */
function sources({ from, fill }: FillStep): string[] {
  const counted = fill.kind === 'counts' ? Object.values(fill.rows).flatMap((row) => Object.values(row)) : [];
  return [from, ...counted].filter((id) => id !== SOURCE);
}

function withoutDirections(step: Step): Step {
  // A step that changes nothing keeps the place of one that only varies.
  if (step.do === 'vary') return { id: step.id, from: step.from, do: 'keep', expr: { all: [] } };
  if (step.do !== 'weight') return step;
  const factors = Object.entries(step.factors).map(([name, factor]) => [
    name,
    typeof factor === 'string' ? factor : factor.nominal,
  ]);
  return { ...step, factors: Object.fromEntries(factors) as Record<string, string> };
}

function directionTexts(step: Step): string[] {
  if (step.do === 'vary') return Object.values(step.fields).flatMap((one) => Object.values(one));
  if (step.do !== 'weight') return [];
  return Object.values(step.factors).flatMap((factor) =>
    typeof factor === 'string'
      ? []
      : Object.entries(factor).flatMap(([direction, text]) => (direction === 'nominal' ? [] : [text])),
  );
}

function variationNames(step: Step): string[] {
  if (step.do === 'vary')
    return Object.values(step.fields).flatMap((one) =>
      Object.keys(one).map((direction) => `${step.name}_${direction}`),
    );
  if (step.do !== 'weight') return [];
  return Object.entries(step.factors).flatMap(([name, factor]) =>
    typeof factor === 'string'
      ? []
      : Object.keys(factor).flatMap((direction) => (direction === 'nominal' ? [] : [`${name}_${direction}`])),
  );
}
