import { basename, dirname } from 'node:path';
import type { JsonObject } from '@fasthep/flow';
import { runtimeFolder } from '@fasthep/python';
import type { Engine } from '../drive/types.ts';
import { driversFolder, pythonEngine } from '../python/launch.ts';
import { DASK } from '../python/specs.ts';

/**
 * Dask's distributed scheduler. `run.dask: {scheduler: 'tcp://host:8786'}` names a cluster that is there, whose
 * machines see the run directory and the store; without it there is one on this machine for the run.
 */
export function daskEngine(): Engine {
  return pythonEngine(DASK, {
    options({ folder, settings }) {
      const { scheduler, dashboard, processes } = (settings.dask ?? {}) as JsonObject;
      return {
        path: [runtimeFolder(), driversFolder()],
        run: `${basename(dirname(dirname(folder)))}-${basename(folder)}`,
        ...(scheduler === undefined ? {} : { scheduler }),
        ...(dashboard === undefined ? {} : { dashboard }),
        ...(processes === undefined ? {} : { processes }),
      };
    },
    env: () => ({ DASK_DISTRIBUTED__ADMIN__TICK__LIMIT: '10s' }),
  });
}
