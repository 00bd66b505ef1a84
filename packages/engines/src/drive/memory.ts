import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Plan, Store } from '@fasthep/flow';

/** File in a store's folder for jobs that outlive this process: the same for the same work. */
export function memoryOf(engine: string, plan: Plan, store: Store): string | undefined {
  if (!store.name.startsWith('file:')) return undefined;
  const name = createHash('sha256').update(JSON.stringify(plan)).digest('hex').slice(0, 24);
  return join(store.name.slice('file:'.length), 'engines', `${engine}-${name}`);
}
