import { runPlan } from '../run/engine.ts';
import { inProcess } from '../run/executor.ts';
import type { Backend } from '../types/plugin.ts';

/** The native engine on this machine. */
export function localBackend(): Backend {
  return {
    name: 'local',
    doc: 'This machine: small work in this process.',
    can: { parallel: true, cancel: true },
    run: (plan, store, { registry, settings, signal }) =>
      runPlan(plan, store, {
        signal,
        failFast: settings.fail_fast === true,
        executor: () => inProcess(plan, store, registry),
      }),
  };
}
