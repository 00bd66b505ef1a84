/** `when: dataset…` leaves a step of a stream out for some datasets; no other task can be there for some alone. */
import { referencesOf } from '../conditions/index.ts';
import { keyOriginAt, problemAt } from '../errors/place.ts';
import { canonicalJson } from '../plan/canonical.ts';
import type { Json } from '../types/json.ts';
import type { WholeRun } from '../types/plugin.ts';
import type { Problem } from '../types/problem.ts';
import type { Build, CheckedTask } from './build.ts';

/** What is wrong with a condition on datasets at this task, whose rows come from the stream `stream`. */
export function perDatasetProblems(build: Build, task: CheckedTask, stream: string | undefined): Problem[] {
  const { control, source } = build.definition.tasks[task.name]!;
  const asked = control.when === undefined ? [] : referencesOf(control.when);
  const reference = asked.find(({ root }) => root === 'dataset');
  if (!reference) return [];
  const root = stream === undefined ? undefined : build.streams.get(stream)?.root;
  const together = root?.kind === 'product' ? root.node : undefined;
  if (task.operator.run.kind === 'row-wise' && together === undefined) return [];
  const message =
    together === undefined
      ? `'${task.operator.name}' cannot be left out for some datasets`
      : `'${together}' puts the rows of all datasets together, so nothing below is left out for some`;
  const help =
    together === undefined
      ? "such a condition stands at steps of a stream that keep its rows apart: define, filter, weight, hist, …; rows of some datasets are dropped by filter: dataset.kind == 'mc'"
      : `put this task above '${together}'`;
  const origin = problemAt(build.definition, `${source}/control/when`, reference.at, reference.span);
  return [{ code: 'FLOW-W009', message, help, origin }];
}

/** Words of the catalogue that a task reads, and that two sources say differently of one dataset. */
export function ambiguousWords(build: Build, task: CheckedTask, run: WholeRun): Problem[] {
  for (const word of run.datasetWords?.(task.args) ?? []) {
    const said = new Map<string, { value: Json; source: string }>();
    for (const [source, { datasets }] of Object.entries(build.facts.sources)) {
      for (const { labels, constants } of datasets) {
        const value = constants[word];
        if (labels.dataset === undefined || value === undefined) continue;
        const before = said.get(labels.dataset) ?? { value, source };
        said.set(labels.dataset, before);
        if (canonicalJson(before.value) === canonicalJson(value)) continue;
        return [
          {
            code: 'FLOW-W010',
            message: `dataset '${labels.dataset}' has two values of '${word}': ${canonicalJson(before.value)} in '${before.source}' and ${canonicalJson(value)} in '${source}'`,
            help: 'give both one catalogue, or call one of the datasets differently',
            origin: keyOriginAt(build.definition, build.definition.tasks[task.name]!.source),
          },
        ];
      }
    }
  }
  return [];
}
