import type { ArgumentProblem, Json, JsonObject } from '@fasthep/flow';

/** What is wrong with a catalogue as a whole: names used twice, files given beside it. */
export function catalogueProblems(args: Json): ArgumentProblem[] {
  const { datasets, files } = args as JsonObject;
  const problems: ArgumentProblem[] = [];
  if (datasets === undefined && files === undefined)
    problems.push({
      code: 'data.no-files',
      message: 'read has nothing to read',
      help: 'give files: (a path or pattern) or datasets: (a catalogue)',
    });
  if (!Array.isArray(datasets)) return problems;
  if (files !== undefined)
    problems.push({
      code: 'data.catalogue',
      message: 'read takes files or datasets, not both',
      help: 'each dataset has its own files',
      path: ['files'],
    });
  const first = new Map<string, number>();
  datasets.forEach((entry, i) => {
    const name = String((entry as JsonObject).name);
    const before = first.get(name);
    if (before === undefined) first.set(name, i);
    else
      problems.push({
        code: 'data.catalogue',
        message: `dataset '${name}' is in the catalogue twice, as number ${before + 1} and ${i + 1}`,
        help: 'one dataset may have many files: put them into one list',
        path: ['datasets', i, 'name'],
      });
  });
  return problems;
}
