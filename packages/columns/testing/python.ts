/** Python packages for the tests that compare with them. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A Python interpreter that has these packages (`name==version`), or why there is none. The environment is made
 * once in the folder for temporary files; FASTHEP_TEST_PYTHON names an interpreter to be used instead.
 */
export function pythonWith(packages: readonly string[]): { python: string } | { missing: string } {
  const given = process.env.FASTHEP_TEST_PYTHON;
  if (given) return { python: given };
  if (spawnSync('python3', ['--version']).status !== 0) return { missing: 'python3 is not installed' };
  const key = createHash('sha256').update(packages.join()).digest('hex').slice(0, 12);
  const folder = join(tmpdir(), `fasthep-test-python-${key}`);
  const python = join(folder, 'bin', 'python');
  const done = join(folder, 'done');
  if (existsSync(done)) return { python };
  if (spawnSync('python3', ['-m', 'venv', folder]).status !== 0) return { missing: 'python3 -m venv fails' };
  const install = spawnSync(python, ['-m', 'pip', 'install', '--quiet', ...packages], { encoding: 'utf8' });
  if (install.status !== 0) return { missing: `pip install ${packages.join(' ')} fails` };
  writeFileSync(done, '');
  return { python };
}

/** What a Python program prints as JSON, with `input` as its standard input. */
export function runPython(
  python: string,
  program: string,
  input: string,
  args: readonly string[] = [],
): unknown {
  const result = spawnSync(python, ['-c', program, ...args], { input, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (result.status !== 0) throw new Error(result.stderr);
  return JSON.parse(result.stdout);
}
