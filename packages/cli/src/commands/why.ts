import { FlowError, suggest, type Why, whyProduct } from '@fasthep/flow';
import { paint } from '../terminal/colour.ts';
import { type CliContext, print, printJson } from '../terminal/context.ts';
import { changeLine, findRun, plannedOf } from '../workflow/changes.ts';
import { toConfig, toPlan } from '../workflow/stages.ts';
import { openStore } from '../workflow/store.ts';
import { split, type WorkflowFlags } from '../workflow/words.ts';

type Flags = WorkflowFlags & {
  run?: string;
};

/** `why FILE [TASK...] [OVERRIDE...]`: what a run would make or reuse, and because of what. */
export default async function why(this: CliContext, flags: Flags, ...words: string[]): Promise<void> {
  const { file, keys, overrides } = split(words, flags);
  const written = await toConfig(this, file, overrides, flags);
  const now = await toPlan(written);
  const shown = now.plan.products.filter(({ hidden }) => !hidden);
  for (const key of keys) {
    if (shown.some(({ name, node }) => name === key || node === key)) continue;
    const known = new Set(shown.flatMap(({ name, node }) => [name, node]));
    throw new FlowError('FLOW-K006', `no task '${key}' makes a product`, suggest(key, known, 'products'));
  }
  const asked = shown.filter(
    ({ name, node }) => keys.length === 0 || keys.includes(name) || keys.includes(node),
  );
  const run = findRun(this.process.cwd(), now.plan.name, flags.run);
  const before = run === undefined ? undefined : plannedOf(run);
  const store = await openStore(written.places.store, written.registry);
  const has = await store.has(asked.map(({ key }) => key));
  const reasons = asked.map((product, i) => ({ ...whyProduct(before, now, product), stored: has[i]! }));
  if (flags.json) {
    printJson(this, {
      run,
      products: reasons.map(({ product, ...rest }) => ({ name: product.name, ...rest })),
    });
    return;
  }
  const colours = paint(this.process.stdout, this.process.env);
  if (run !== undefined) print(this, `compared with ${run}`);
  for (const one of reasons) {
    print(this, `${colours('bold', one.product.name)}: ${verdict(one)}`);
    for (const change of one.changes) print(this, `  ${changeLine(change, colours)}`);
  }
}

function verdict({ verdict: is, stored, changes }: Why & { stored: boolean }): string {
  if (is === 'same')
    return stored
      ? 'reused, nothing that it depends on changed'
      : 'made again: it is not in the store any more';
  const does = stored ? 'reused, made by another run' : 'made';
  if (is === 'new') return `${does}: no such product before`;
  return changes.length > 0 ? `${does}, because of what changed:` : `${does}: the packs have changed`;
}
