import {
  comparePlans,
  type Family,
  FlowError,
  missing,
  type Plan,
  type Planned,
  planIndex,
  type Work,
} from '@fasthep/flow';
import { paint } from '../terminal/colour.ts';
import { type CliContext, print, printJson } from '../terminal/context.ts';
import { table } from '../terminal/table.ts';
import { bytes } from '../terminal/units.ts';
import { changeLine, findRun, plannedOf } from '../workflow/changes.ts';
import { type SelectionFlags, toConfig, toPlan } from '../workflow/stages.ts';
import { openStore } from '../workflow/store.ts';
import { split, type WorkflowFlags } from '../workflow/words.ts';

type Flags = WorkflowFlags &
  SelectionFlags & {
    exitCode?: boolean;
    diff?: string;
  };

/** Something would run. */
const STALE = 4;

/** `plan FILE [OVERRIDE...]`: runs nothing. */
export default async function plan(this: CliContext, flags: Flags, ...words: string[]): Promise<void> {
  const { file, keys, overrides } = split(words, flags);
  const written = await toConfig(this, file, [...overrides, ...keys], flags);
  const stages = await toPlan(written);
  const { plan: made } = stages;
  if (flags.diff !== undefined) {
    showChanges(this, stages, flags.diff, flags.json);
    return;
  }
  if (flags.json) printJson(this, made);
  const work = await missing(made, await openStore(written.places.store, written.registry));
  if (!flags.json) print(this, describe(made, work, paint(this.process.stdout, this.process.env)));
  if (flags.exitCode && work.tasks.length > 0) this.process.exitCode = STALE;
}

/** What is different from an earlier run. */
function showChanges(context: CliContext, now: Planned, run: string, json: boolean | undefined): void {
  const name = now.plan.name;
  const path = findRun(context.process.cwd(), name, run === '' ? undefined : run);
  if (path === undefined)
    throw new FlowError(
      'FLOW-R008',
      `there is no run of '${name}' to compare with`,
      "'fasthep-flow runs' lists them",
    );
  const changes = comparePlans(plannedOf(path), now);
  if (json) {
    printJson(context, { run: path, changes });
    return;
  }
  const colours = paint(context.process.stdout, context.process.env);
  print(context, `compared with ${path}`);
  print(context, changes.map((change) => changeLine(change, colours)).join('\n') || 'no difference');
}

function describe(plan: Plan, work: Work, colours: ReturnType<typeof paint>): string {
  const running = new Map<string, number>();
  for (const { family } of work.tasks) running.set(family, (running.get(family) ?? 0) + 1);
  const rows = plan.families.map((family) => {
    const run = running.get(family.id) ?? 0;
    const products = (planIndex(plan).products.get(family.id) ?? []).filter(({ hidden }) => !hidden);
    const state =
      run > 0 ? colours('yellow', 'run') : colours('green', products.length > 0 ? 'stored' : 'not needed');
    return [
      family.id,
      what(family),
      String(family.size),
      run > 0 ? String(run) : '',
      state,
      products.map(({ name }) => name).join(', '),
    ];
  });
  const stored = work.reused.length;
  const total = `${work.tasks.length} to run, ${stored} ${stored === 1 ? 'product' : 'products'} stored`;
  return `${table(['tasks', 'what', 'in all', 'to run', '', 'products'], rows)}\n\n${total}`;
}

function what(family: Family): string {
  switch (family.kind) {
    case 'segment': {
      if ('product' in family.source) return `rows of ${family.source.product.name}`;
      const size = family.files.reduce((sum, file) => sum + file.size, 0);
      const files = family.files.length === 1 ? '1 file' : `${family.files.length} files`;
      return `${family.source.operator}, ${files}, ${bytes(size)}`;
    }
    case 'merge':
      return 'add up blocks of 16';
    case 'finish':
      return 'products of all datasets';
    case 'single':
      return family.operator;
  }
}
