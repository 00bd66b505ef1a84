/** What operators and stream types complain of, placed in the user's file. */
import { problemAt } from '../errors/place.ts';
import { pointer } from '../errors/pointer.ts';
import type { Definition } from '../types/definition.ts';
import type { ArgumentProblem } from '../types/plugin.ts';
import type { Problem } from '../types/problem.ts';
import { withBelonging } from './belongs.ts';
import type { AnalysedVariant, StreamBuild } from './streams.ts';

export function argumentProblems(
  definition: Definition,
  task: string,
  problems: readonly ArgumentProblem[],
): Problem[] {
  return problems.map((problem) => ({
    code: problem.code ?? 'FLOW-A001',
    message: problem.message,
    help: problem.help,
    severity: problem.severity,
    origin: problemAt(definition, pointer('tasks', task, 'args'), problem.path ?? [], problem.span),
  }));
}

/** Problems of a stream's program, once each, naming the datasets where not all of them have it. */
export function streamProblems(
  definition: Definition,
  stream: StreamBuild,
  variants: readonly AnalysedVariant[],
): Problem[] {
  const found = new Map<string, { problem: Problem; datasets: number[] }>();
  for (const variant of variants) {
    for (const problem of variant.info.problems) {
      const key = JSON.stringify([problem.step, problem.path, problem.span, problem.message]);
      const known = found.get(key);
      if (known) {
        known.datasets.push(...variant.datasets);
        continue;
      }
      const { root } = stream;
      // Collections are said where the rows come from, before any step.
      const above = problem.path[0] === 'collections' && root.kind === 'source' ? root.node : '';
      const task = stream.owner.get(problem.step) ?? above;
      const path = argumentPath(stream.places.get(problem.step) ?? [], problem.path);
      found.set(key, {
        datasets: [...variant.datasets],
        problem: withBelonging(
          {
            code: problem.code,
            message: problem.message,
            help: problem.help,
            severity: problem.severity,
            origin: problemAt(definition, pointer('tasks', task, 'args'), path, problem.span),
          },
          definition,
          task,
          path,
          problem.span,
        ),
      });
    }
  }
  return [...found.values()].map(({ problem, datasets }) => {
    if (datasets.length === stream.datasets.length) return problem;
    const names = datasets.map((index) => `'${stream.datasets[index]!.labels.dataset ?? ''}'`);
    const shown =
      names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
    return { ...problem, message: `${problem.message} (dataset ${shown})` };
  });
}

/** Path in a step → path in the arguments, by the longest prefix that the operator gave; else the same path. */
function argumentPath(
  places: readonly [string, string][],
  path: readonly (string | number)[],
): (string | number)[] {
  const best = places
    .map(([from, to]) => [from === '' ? [] : from.split('/'), to === '' ? [] : to.split('/')] as const)
    .filter(([from]) => from.every((part, index) => part === String(path[index])))
    .sort((a, b) => b[0].length - a[0].length)[0];
  return best ? [...best[1], ...path.slice(best[0].length)] : [...path];
}
