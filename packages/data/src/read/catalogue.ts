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
  problems.push(...treeProblems(args as JsonObject), ...rowProblems(args as JsonObject));
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
    if ((entry as JsonObject).replaces !== undefined)
      problems.push({
        code: 'data.catalogue',
        message: `dataset '${name}' cannot replace another one in a variation`,
        help: 'take replaces away: the dataset then stands beside the others, and plots can compare them',
        path: ['datasets', i, 'replaces'],
      });
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

/** With `trees:` the ports say what is read, so that nothing else can. */
function treeProblems({ datasets, files, tree, trees }: JsonObject): ArgumentProblem[] {
  if (trees === undefined) return [];
  const named: (string | number)[][] = tree === undefined ? [] : [['tree']];
  const look = (value: Json | undefined, path: (string | number)[]) => {
    if (Array.isArray(value)) for (const [i, one] of value.entries()) look(one, [...path, i]);
    else if (isMap(value) && value.tree !== undefined) named.push([...path, 'tree']);
  };
  look(files, ['files']);
  if (Array.isArray(datasets))
    datasets.forEach((entry, i) => {
      look(entry, ['datasets', i]);
      look((entry as JsonObject).files, ['datasets', i, 'files']);
    });
  return named.map((path) => ({
    code: 'data.catalogue',
    message: 'trees: names the tree of each port, and tree: another one',
    help: 'keep one of them; trees of other names in some files need a read of their own',
    path,
  }));
}

function rowProblems({ rows }: JsonObject): ArgumentProblem[] {
  const [start, stop] = Array.isArray(rows) ? (rows as number[]) : [];
  if (start === undefined || stop === undefined || start < stop) return [];
  return [
    {
      code: 'data.catalogue',
      message: `rows: [${start}, ${stop}] are none`,
      help: 'the second number is the first row that is left out: rows: [0, 100] are the first hundred',
      path: ['rows'],
    },
  ];
}

const isMap = (value: Json | undefined): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
