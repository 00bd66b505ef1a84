/** A Python process that stays warm and answers calls. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { PythonError, PythonException } from './error.ts';
import { pythonEnvironment } from './runtime.ts';

/** How a process is started. */
export interface ProcessOptions {
  /** Its interpreter. */
  python: string;
  /** Folders where it finds modules of the user. */
  path?: readonly string[];
  cwd?: string;
  /** Takes what Python prints, line by line; by default it goes to standard error. */
  print?(line: string): void;
}

/** A function to call: positional and named arguments are plain data. */
export interface Call {
  args?: readonly unknown[];
  kwargs?: Readonly<Record<string, unknown>>;
  signal?: AbortSignal;
}

/** A warm process. */
export interface PythonProcess {
  /** Calls `module:function`. Rejects with a `PythonException` for what it raised. */
  call(name: string, call?: Call): Promise<unknown>;
  /** Lets it end. */
  close(): Promise<void>;
}

type Answer =
  | { ready: { python: string } }
  | { id: number; result: unknown }
  | { id: number; error: { type: string; message: string; traceback: string } };

/**
 * Starts Python. It leads a process group of its own: stopping a call ends it with all that it started, and the
 * next call starts another one. Calls run one after the other.
 */
export function pythonProcess(options: ProcessOptions): PythonProcess {
  let child: ChildProcess | undefined;
  let nextId = 0;
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();

  const start = (): ChildProcess => {
    const started = spawn(options.python, ['-m', 'fasthep_flow.serve'], {
      stdio: ['pipe', 'pipe', options.print ? 'pipe' : 'inherit'],
      detached: true,
      cwd: options.cwd,
      env: pythonEnvironment(options.path),
    });
    createInterface({ input: started.stdout! }).on('line', (line) => receive(JSON.parse(line) as Answer));
    const { print } = options;
    if (print) createInterface({ input: started.stderr! }).on('line', (line) => print(line));
    let cause = '';
    const ended = (code?: number | null, signal?: string | null) => {
      if (child !== started) return;
      child = undefined;
      const why = cause || (signal ? `signal ${signal}` : `it ended with code ${code}`);
      for (const { reject } of waiting.values())
        reject(new PythonError('PYTHON-GONE', `the Python process is gone: ${why}`));
      waiting.clear();
    };
    started.stdin!.on('error', () => {});
    started.on('error', (error) => {
      cause = error.message;
      ended();
    });
    started.on('exit', ended);
    hold(started, false);
    return started;
  };

  /** A process that waits for calls does not keep the program alive: it ends when its standard input does. */
  const hold = (one: ChildProcess, on: boolean) => {
    const parts = [one, one.stdin, one.stdout, one.stderr] as ({ ref?(): void; unref?(): void } | null)[];
    for (const part of parts) {
      if (on) part?.ref?.();
      else part?.unref?.();
    }
  };

  const receive = (answer: Answer) => {
    if ('ready' in answer) return;
    const call = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('error' in answer) {
      const { type, message, traceback } = answer.error;
      call?.reject(new PythonException(type, message, traceback));
    } else call?.resolve(answer.result);
  };

  const kill = () => {
    if (child?.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      child.kill('SIGKILL');
    }
  };

  return {
    call(name, { args = [], kwargs = {}, signal } = {}) {
      if (signal?.aborted) return Promise.reject(signal.reason);
      child ??= start();
      const id = nextId++;
      const { stdin } = child;
      return new Promise((resolve, reject) => {
        const abort = () => {
          kill();
          reject(signal?.reason);
        };
        const settle =
          <T>(act: (value: T) => void) =>
          (value: T) => {
            if (child && waiting.size === 0) hold(child, false);
            signal?.removeEventListener('abort', abort);
            act(value);
          };
        signal?.addEventListener('abort', abort, { once: true });
        hold(child!, true);
        waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
        stdin!.write(`${JSON.stringify({ id, call: name, args, kwargs })}\n`);
      });
    },
    async close() {
      const last = child;
      if (!last) return;
      hold(last, true);
      const gone = new Promise<void>((resolve) => last.once('exit', () => resolve()));
      last.stdin!.end();
      const timer = setTimeout(kill, 5000);
      await gone;
      clearTimeout(timer);
    },
  };
}
