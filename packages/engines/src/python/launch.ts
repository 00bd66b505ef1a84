import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { FlowError, type JsonObject } from '@fasthep/flow';
import { environment, PythonError, pythonEnvironment } from '@fasthep/python';
import type { Engine, Launch, Launched } from '../drive/types.ts';
import type { PythonEngine } from './types.ts';

/** What an engine in Python adds to the frame that all share. */
export interface DriverOptions {
  /** Writes what the driver reads besides the round. */
  write?(launch: Launch): void;
  /** What the driver is told, from the settings of a run. */
  options(launch: Launch): JsonObject;
  /** Environment variables. */
  env?(launch: Launch): Record<string, string>;
}

/** An engine that is driven by a Python program in its own environment. */
export function pythonEngine(spec: PythonEngine, driver: DriverOptions): Engine {
  let python: string | undefined;
  return {
    name: spec.name,
    async prepare(settings) {
      python = await pythonFor(spec, settings);
    },
    async launch(launch) {
      python ??= await pythonFor(spec, launch.settings);
      driver.write?.(launch);
      return start(spec, python, driver.options(launch), launch, driver.env?.(launch));
    },
  };
}

/** The interpreter that has an engine's packages. Fails with how to install them. */
export async function pythonFor(spec: PythonEngine, settings: JsonObject): Promise<string> {
  const given = settings.python;
  try {
    return (await environment(spec, typeof given === 'string' ? { python: given } : {})).python;
  } catch (error) {
    if (error instanceof PythonError) throw new FlowError('FLOW-R030', error.message, error.help);
    throw error;
  }
}

/** Folder with the drivers. */
export function driversFolder(): string {
  return join(dirname(createRequire(import.meta.url).resolve('@fasthep/engines/package.json')), 'runtime');
}

function start(
  spec: PythonEngine,
  python: string,
  options: JsonObject,
  { folder }: Launch,
  env: Record<string, string> = {},
): Launched {
  const logPath = join(folder, 'engine.log');
  const log = openSync(logPath, 'a');
  const child = spawn(python, ['-m', spec.driver, folder, JSON.stringify(options)], {
    // Standard input ends with this process, and the driver with it.
    stdio: ['pipe', log, log],
    env: pythonEnvironment([driversFolder()], { ...process.env, ...env }),
    detached: true,
  });
  closeSync(log);
  const killGroup = () => {
    try {
      process.kill(-child.pid!, 'SIGKILL');
    } catch {
      // Nobody is left in it.
    }
  };
  const done = new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      // Servers that an engine started for itself stay in the group.
      killGroup();
      if (code === 0) return resolve();
      reject(broken(spec, folder, logPath, signal ?? `exit code ${code}`));
    });
  });
  return { done, kill: killGroup };
}

function broken(spec: PythonEngine, folder: string, log: string, how: string): FlowError {
  const path = join(folder, 'error.json');
  const told = existsSync(path)
    ? (JSON.parse(readFileSync(path, 'utf8')) as { type: string; message: string })
    : undefined;
  const why = told ? `${told.type}: ${told.message.split('\n')[0]}` : how;
  return new FlowError('FLOW-R031', `${spec.name} itself failed: ${why}`, `its log: ${log}`);
}
