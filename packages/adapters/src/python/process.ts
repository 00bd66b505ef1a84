/** One warm Python process for all tasks of a program. */
import { findPython, PythonException, type PythonProcess, pythonProcess } from '@fasthep/python';
import { AdaptError } from '../error.ts';
import { adaptRuntime } from './runtime.ts';

let running: PythonProcess | undefined;

/** Calls `module:function` of the package `fasthep_adapt`. What Python raises is an `adapt.user-code`. */
export async function callPython(
  name: string,
  args: readonly unknown[],
  signal?: AbortSignal,
): Promise<unknown> {
  running ??= pythonProcess({ python: pythonPath(), path: [adaptRuntime()] });
  return running.call(`fasthep_adapt.${name}`, { args, ...(signal ? { signal } : {}) });
}

/** `FASTHEP_PYTHON`, else `python3` of the search path: with the packages that the user's code imports. */
function pythonPath(): string {
  try {
    return findPython(process.env.FASTHEP_PYTHON).path;
  } catch (error) {
    const { message } = error as Error;
    throw new AdaptError(
      'adapt.python',
      `Python code cannot run: ${message}`,
      'put python3 into the search path, or name one with FASTHEP_PYTHON',
    );
  }
}

/** The error of a user's Python code, in one line; the traceback is its stack. */
export function pythonError(what: string, error: unknown): unknown {
  if (!(error instanceof PythonException)) return error;
  const { message } = error;
  const line = /line (\d+), in (\w+)\n[^\n]*\n?(?![\s\S]*line \d+, in )/.exec(error.traceback ?? '');
  const made = new AdaptError(
    'adapt.user-code',
    `${what} failed${line ? ` in ${line[2]}, line ${line[1]}` : ''}: ${message}`,
  );
  if (error.traceback) made.stack = error.traceback;
  return made;
}
