/** A pack whose operators go wrong, and write down what they did. For tests of back ends. */
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { definePlugin, type Json, type Operator } from '@fasthep/flow';

interface FaultArgs {
  /** File that counts the attempts: one letter each. */
  mark: string;
  /** How many attempts go wrong. */
  times?: number;
  milliseconds?: number;
}

function fault(
  name: string,
  act: (args: FaultArgs, attempt: number, signal?: AbortSignal) => void | Promise<void>,
): Operator {
  return {
    name,
    semantics: 1,
    doc: `The fault '${name}'.`,
    parameters: {
      type: 'object',
      properties: {
        mark: { type: 'string' },
        times: { type: 'integer' },
        milliseconds: { type: 'number' },
      },
    },
    inputs: { in: { type: 'any' } },
    outputs: { out: { type: 'total' } },
    run: {
      kind: 'whole',
      async apply(args: Json, _, { signal }) {
        const given = args as unknown as FaultArgs;
        appendFileSync(given.mark, 'x');
        await act(given, readFileSync(given.mark, 'utf8').length, signal);
        return { out: { '': { sum: 1, n: 1 } } };
      },
    },
  };
}

const wait = (milliseconds: number, signal?: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });

/** The pack. */
export const faultsPlugin = definePlugin({
  name: 'faults',
  operators: [
    /** The process ends, `times` times. */
    fault('exit', ({ times = 1 }, attempt) => {
      if (attempt <= times) process.exit(7);
    }),
    /** A system error that may be gone a moment later, `times` times. */
    fault('flaky', ({ times = 1 }, attempt) => {
      if (attempt <= times) throw Object.assign(new Error('the line is down'), { code: 'ECONNRESET' });
    }),
    /** Computes for a minute and listens to nobody, with a program beside it, whose number it writes down. */
    fault('spin', ({ mark }) => {
      const child = spawn('sleep', ['60'], { stdio: 'ignore' });
      writeFileSync(`${mark}.pid`, String(child.pid));
      for (const end = Date.now() + 60_000; Date.now() < end; );
    }),
    /** Takes its time, and stops when it is told to. */
    fault('slow', ({ milliseconds = 1000 }, _, signal) => wait(milliseconds, signal)),
    /** Takes its time unless the file `MARK.go` is there. */
    fault('hold', async ({ mark, milliseconds = 60_000 }, _, signal) => {
      if (!existsSync(`${mark}.go`)) await wait(milliseconds, signal);
    }),
  ],
});
export default faultsPlugin;
