import type { JsonObject } from '@fasthep/flow';
import type { Engine } from '../drive/types.ts';
import { pythonEngine } from '../python/launch.ts';
import { PREFECT } from '../python/specs.ts';

/**
 * Prefect 3. `run.prefect: {api: 'http://host:4200/api'}` names a server; without it Prefect starts one for the
 * run, which keeps its records in `run.prefect.home` or where Prefect keeps them anyway (`~/.prefect`).
 */
export function prefectEngine(): Engine {
  return pythonEngine(PREFECT, {
    options: () => ({}),
    env({ settings }) {
      const { api, home } = (settings.prefect ?? {}) as JsonObject;
      return {
        PREFECT_SERVER_ANALYTICS_ENABLED: 'false',
        DO_NOT_TRACK: '1',
        PREFECT_SERVER_ALLOW_EPHEMERAL_MODE: 'true',
        // Its first start makes a database.
        PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS: '180',
        PREFECT_LOGGING_LEVEL: 'WARNING',
        ...(typeof home === 'string' ? { PREFECT_HOME: home } : {}),
        ...(typeof api === 'string' ? { PREFECT_API_URL: api } : {}),
      };
    },
  });
}
