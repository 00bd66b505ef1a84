/** Products as files for people: what each type says of itself, under the name of its task. */
import type { Plan, Product } from '../types/plan.ts';
import type { PublishedFile, Registry } from '../types/plugin.ts';
import type { Store } from '../types/store.ts';
import { chosenPlan } from './choices.ts';
import { lost, TaskFailure } from './failure.ts';
import { planIndex } from './plan-index.ts';

/** Folder of what is published unasked. Files that a task names lie beside it, so `plot: mass.json` is no clash. */
const PRODUCTS = 'products';

/** Files of the run itself. */
const OWN =
  /^(config|definition|graph|facts|plan|engine|provenance|products)\.json$|^events\.jsonl$|^report\.html$|^products\//;

/** A file of a run directory. */
export interface ProductFile {
  product: Product;
  name: string;
  bytes: Uint8Array;
}

/**
 * The files of every shown product that the store has. A name that begins with a dot is an ending, and follows
 * the product's name, in the folder `products`; in others `{task}` stands for what the product was made from. Two products may not have
 * one file; products that are missing are left out, or fail as `lost` where `made` says that they are there.
 */
export async function* productFiles(
  planned: Plan,
  store: Store,
  registry: Registry,
  made?: (product: Product) => boolean,
): AsyncIterable<ProductFile> {
  const plan = await chosenPlan(planned, store);
  const owners = new Map<string, Product>();
  for (const product of plan.products) {
    if (product.hidden || made?.(product) === false) continue;
    const { choice, unlikely } = kindOf(plan, product);
    const [bytes] = await store.get([product.key]);
    if (!bytes) {
      if (made && !unlikely) throw lost(`the result of ${product.name}`);
      continue;
    }
    const type = registry.type(product.type);
    if (!type?.files) continue;
    for (const file of await type.files(await type.decode(bytes))) {
      // What a task names lies there already, from the task that was chosen.
      if (choice && !isEnding(file)) continue;
      const name = fileName(plan, product, file);
      const owner = owners.get(name);
      if (owner) throw twice(name, owner, product);
      owners.set(name, product);
      yield { product, name, bytes: file.bytes };
    }
  }
}

/** Whether a product is that of another task, and whether it may be missing because nothing failed. */
function kindOf(plan: Plan, { task, expected }: Product): { choice: boolean; unlikely: boolean } {
  const { families } = planIndex(plan);
  const family = families.get(task);
  const guarded = family?.kind === 'finish' ? families.get(family.segment) : family;
  return {
    choice: family?.kind === 'single' && family.choice === true,
    unlikely: expected === true || (guarded?.guards?.some(({ when }) => when === 'failed') ?? false),
  };
}

const isEnding = ({ name }: PublishedFile) => /^\.[^./\\]/.test(name) && !/[/\\]/.test(name);

/** `a/b: c` → `a_b_c`: a name that every file system takes. */
export function safeName(name: string): string {
  const safe = name.replace(/[\p{Cc}\\/:*?"<>|]+\s*/gu, '_').replace(/^\.+/, '_');
  return safe === '' ? '_' : safe;
}

/** One of several results of a task: what it was made from may be a product of that name itself. */
function ownName({ node, name, member }: Product): string {
  return member === undefined ? safeName(name) : `${safeName(node)}_${safeName(name)}`;
}

function fileName(plan: Plan, product: Product, file: PublishedFile): string {
  if (isEnding(file)) return `${PRODUCTS}/${ownName(product)}${file.name}`;
  const name = file.name.replaceAll('{task}', safeName(sourceName(plan, product, file.member ?? 0)));
  const parts = name.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..') || /^[A-Za-z]:|\\/.test(name)) {
    throw new TaskFailure({
      code: 'FLOW-R007',
      message: `'${product.name}' writes '${name}', which does not lie in the run directory`,
      help: 'give a name without .. and without a leading /',
    });
  }
  if (OWN.test(name)) {
    throw new TaskFailure({
      code: 'FLOW-R007',
      message: `'${product.name}' writes '${name}', which is a file of the run itself`,
      help: 'give another name, or put it into a folder',
    });
  }
  return name;
}

/** What `{task}` is: the product that a file was made from. */
function sourceName(plan: Plan, product: Product, member: number): string {
  const family = planIndex(plan).families.get(product.task);
  const refs = family?.kind === 'single' ? (family.inputs[0]?.refs ?? []) : [];
  return (family?.kind === 'single' && family.members ? product.member : refs[member]?.name) ?? product.name;
}

function twice(name: string, a: Product, b: Product): TaskFailure {
  return new TaskFailure({
    code: 'FLOW-R007',
    message: `'${a.name}' and '${b.name}' both write '${name}'`,
    help: "give one of them another name, or put '{task}' into it",
  });
}
