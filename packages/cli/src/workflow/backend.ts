import { type Backend, FlowError, type JsonObject, suggest } from '@fasthep/flow';
import { localBackend } from '@fasthep/flow/node';
import type { Written } from './stages.ts';

/** The back end that `run.backend` names. */
export function backendOf({ registry, config }: Written, run: JsonObject): Backend {
  const name = typeof run.backend === 'string' ? run.backend : 'local';
  if (name === 'local')
    return localBackend({ worker: { entry: new URL(import.meta.resolve('@fasthep/cli/worker')) } });
  const others = registry.all('backends').map(({ item }) => item);
  const found = others.find((one) => one.name === name);
  if (found) return found;
  const names = ['local', ...others.map((one) => one.name)];
  throw new FlowError(
    'FLOW-R009',
    `there is no back end '${name}'`,
    suggest(name, names, 'there are'),
    config.origins['/run/backend'],
  );
}
