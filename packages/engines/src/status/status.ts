import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { FlowError, type JsonObject } from '@fasthep/flow';
import { pythonFor } from '../python/launch.ts';
import { PYTHON_ENGINES } from '../python/specs.ts';

const run = promisify(execFile);

/** Whether an engine can be used here. */
export interface EngineStatus {
  name: string;
  usable: boolean;
  /** What is there: version, or what it found. */
  found?: string;
  /** Why it cannot be used. */
  reason?: string;
  /** How to mend that. */
  help?: string;
}

/** Looks for the engine behind a back end of this package. `settings` are those under `run`. */
export async function engineStatus(name: string, settings: JsonObject = {}): Promise<EngineStatus> {
  const spec = PYTHON_ENGINES[name];
  try {
    if (spec) {
      const python = await pythonFor(spec, settings);
      const [module] = spec.modules;
      const code = `import importlib.metadata as m, sys; print(m.version(sys.argv[1]))`;
      const [requirement = ''] = spec.requirements.filter((one) => one.includes(module!));
      const { stdout } = await run(python, ['-c', code, requirement.split(/[<>=]/)[0]!]);
      return { name, usable: true, found: `${stdout.trim()} in ${python}` };
    }
    if (name === 'slurm') return { name, usable: true, found: await slurmFound() };
    return { name, usable: true };
  } catch (error) {
    if (!(error instanceof FlowError)) throw error;
    return { name, usable: false, reason: error.message, help: error.help };
  }
}

async function slurmFound(): Promise<string> {
  const { slurmVersion } = await import('../slurm/commands.ts');
  return slurmVersion();
}
