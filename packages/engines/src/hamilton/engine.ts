import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../drive/types.ts';
import { pythonEngine } from '../python/launch.ts';
import { HAMILTON } from '../python/specs.ts';
import { hamiltonModule } from './module.ts';

/** Name of the generated module. */
export const MODULE = 'hamilton_plan';

/** Apache Hamilton: each task a function, each edge a parameter. */
export function hamiltonEngine(): Engine {
  return pythonEngine(HAMILTON, {
    write({ folder, round, lines, about }) {
      writeFileSync(join(folder, `${MODULE}.py`), hamiltonModule(round.workflow, lines, about));
    },
    options: () => ({ module: MODULE }),
    env: () => ({ HAMILTON_TELEMETRY_ENABLED: 'false' }),
  });
}
