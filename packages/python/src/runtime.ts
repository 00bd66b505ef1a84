import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

/** Folder with the Python package `fasthep_flow`. */
export function runtimeFolder(): string {
  return join(dirname(createRequire(import.meta.url).resolve('@fasthep/python/package.json')), 'runtime');
}

/** Environment variables with which Python finds `fasthep_flow` and further folders. */
export function pythonEnvironment(
  folders: readonly string[] = [],
  env: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const path = [runtimeFolder(), ...folders, ...(env.PYTHONPATH ? [env.PYTHONPATH] : [])].join(delimiter);
  // Installed files may lie where nobody may write.
  return { ...env, PYTHONPATH: path, PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1' };
}
