import { execFileSync } from 'node:child_process';
import { PythonError } from './error.ts';

/** A Python interpreter. */
export interface Interpreter {
  path: string;
  /** `3.11.7`. */
  version: string;
}

/** The oldest that the pinned packages run on. */
const OLDEST: [number, number] = [3, 10];

/** The interpreter at a path or of a name; undefined where it does not start. */
export function interpreterAt(path: string): Interpreter | undefined {
  try {
    const code = 'import sys, json; print(json.dumps([sys.executable, list(sys.version_info[:3])]))';
    const text = execFileSync(path, ['-I', '-c', code], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 30_000,
    });
    const [executable, version] = JSON.parse(text) as [string, number[]];
    return { path: executable, version: version.join('.') };
  } catch {
    return undefined;
  }
}

/** The Python to make environments with: `given`, else `python3` or `python` of the search path. */
export function findPython(given?: string): Interpreter {
  const tried = given === undefined ? ['python3', 'python'] : [given];
  const tooOld: Interpreter[] = [];
  for (const name of tried) {
    const found = interpreterAt(name);
    if (!found) continue;
    const [major = 0, minor = 0] = found.version.split('.').map(Number);
    if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return found;
    tooOld.push(found);
  }
  const wanted = `Python ${OLDEST.join('.')} or newer`;
  const help = `install it (Debian: apt-get install python3 python3-venv; conda: conda install python), or name one with run.python=/path/to/python3`;
  if (tooOld[0]) {
    const { path, version } = tooOld[0];
    throw new PythonError('PYTHON-OLD', `${wanted} is needed, and ${path} is ${version}`, help);
  }
  throw new PythonError(
    'PYTHON-NONE',
    `there is no ${tried.join(' and no ')} here; ${wanted} is needed`,
    help,
  );
}
