/** Virtual environments with pinned packages, made once and then used without a network. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { PythonError } from './error.ts';
import { findPython, type Interpreter, interpreterAt } from './find.ts';

const run = promisify(execFile);

/** What has to be in an environment. */
export interface EnvironmentSpec {
  /** What a user calls it: `hamilton`. Only for messages. */
  name: string;
  /** Pinned requirements, as pip reads them. */
  requirements: readonly string[];
  /** Modules that must be importable. */
  modules: readonly string[];
}

/** Where to look, and with what to make it. */
export interface EnvironmentOptions {
  /** `run.python`: an interpreter, or the folder of an environment, that has the packages already. */
  python?: string;
  /** Folder of all environments; by default `~/.cache/fasthep-flow/python`. */
  base?: string;
  /** Make it where there is none. */
  create?: boolean;
  log?(message: string): void;
}

/** An environment that can be used. */
export interface Environment {
  /** Its interpreter. */
  python: string;
  /** Its folder, where it is one of ours. */
  folder?: string;
}

const READY = 'fasthep-flow.json';

/** Folder of the environments that are made here. */
export function environmentsFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'fasthep-flow', 'python');
}

/** The folder of an environment: it follows from the requirements and the version of Python. */
export function environmentFolder(
  spec: EnvironmentSpec,
  { version }: Pick<Interpreter, 'version'>,
  base?: string,
): string {
  const minor = version.split('.').slice(0, 2).join('.');
  const hash = createHash('sha256')
    .update(JSON.stringify([minor, [...spec.requirements].sort()]))
    .digest('hex');
  return join(base ?? environmentsFolder(), hash.slice(0, 16));
}

/** The environment for some packages. Fails with the command that makes it, unless told to make it. */
export async function environment(
  spec: EnvironmentSpec,
  options: EnvironmentOptions = {},
): Promise<Environment> {
  if (options.python !== undefined) return givenEnvironment(spec, options.python);
  const found = findPython();
  const folder = environmentFolder(spec, found, options.base);
  const python = pythonIn(folder);
  if (existsSync(join(folder, READY)) && existsSync(python)) return { python, folder };
  if (!options.create) {
    throw new PythonError(
      'PYTHON-SETUP',
      `the Python packages for ${spec.name} are not set up`,
      `run 'fasthep-flow setup python --engine ${spec.name}' once (it needs the network), or name an environment that has them with run.python=…`,
    );
  }
  await make(spec, found, folder, options.log ?? (() => {}));
  return { python, folder };
}

/** The interpreter of an environment's folder. */
export function pythonIn(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

async function givenEnvironment(spec: EnvironmentSpec, given: string): Promise<Environment> {
  const inFolder = pythonIn(given);
  const found = interpreterAt(existsSync(inFolder) ? inFolder : given);
  if (!found) {
    throw new PythonError(
      'PYTHON-NONE',
      `run.python: '${given}' is no Python`,
      'name an interpreter (/usr/bin/python3) or the folder of a virtual environment',
    );
  }
  const code =
    'import importlib.util, sys; print(*[m for m in sys.argv[1:] if importlib.util.find_spec(m) is None])';
  const { stdout } = await run(found.path, ['-c', code, ...spec.modules]);
  const lacking = stdout.trim();
  if (lacking !== '') {
    throw new PythonError(
      'PYTHON-SETUP',
      `${found.path} has no module ${lacking.split(' ').join(', ')}`,
      `install it there: ${found.path} -m pip install ${spec.requirements.map((one) => `'${one}'`).join(' ')}`,
    );
  }
  return { python: found.path };
}

async function make(
  spec: EnvironmentSpec,
  python: Interpreter,
  folder: string,
  log: (message: string) => void,
): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  // Scripts of an environment name its folder, but modules do not: it may move once, before anyone uses it.
  const building = mkdtempSync(join(dirname(folder), 'building-'));
  try {
    log(`making a Python ${python.version} environment for ${spec.name} in ${folder}`);
    await step('venv', python.path, ['-m', 'venv', building], {
      missing: /ensurepip|No module named venv/,
      help: "install the module 'venv' (Debian: apt-get install python3-venv)",
    });
    if (spec.requirements.length > 0) {
      log(`installing ${spec.requirements.join(', ')}`);
      const words = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...spec.requirements];
      await step('pip', pythonIn(building), words, {
        help: 'the packages come from PyPI: look at the network, at PIP_INDEX_URL and at the free space',
      });
    }
    for (const module of spec.modules) {
      await step('import', pythonIn(building), ['-c', `import ${module}`], {
        help: 'the packages do not fit together here',
      });
    }
    const { stdout } = await run(pythonIn(building), ['-m', 'pip', 'freeze', '--disable-pip-version-check']);
    const about = {
      name: spec.name,
      python: python.version,
      requirements: spec.requirements,
      installed: stdout.split('\n').filter(Boolean),
    };
    writeFileSync(join(building, READY), `${JSON.stringify(about, null, 1)}\n`);
    try {
      renameSync(building, folder);
    } catch {
      // Another process was first, or there is half of one.
      if (existsSync(join(folder, READY))) return;
      rmSync(folder, { recursive: true, force: true });
      renameSync(building, folder);
    }
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

async function step(
  what: string,
  program: string,
  words: readonly string[],
  { missing, help }: { missing?: RegExp; help: string },
): Promise<void> {
  try {
    await run(program, [...words], { maxBuffer: 2 ** 26 });
  } catch (error) {
    const { stderr = '', stdout = '', message } = error as Error & { stderr?: string; stdout?: string };
    const text = `${stderr}${stdout}`.trim();
    const last =
      text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .at(-1) ?? message;
    const fits = missing === undefined || missing.test(text);
    throw new PythonError('PYTHON-SETUP', `${what} did not work: ${last.trim()}`, fits ? help : undefined);
  }
}

/** What is installed in an environment of ours: `name==version`. */
export function installedIn({ folder }: Environment): string[] {
  if (folder === undefined) return [];
  return (JSON.parse(readFileSync(join(folder, READY), 'utf8')) as { installed: string[] }).installed;
}
