import type { CommandContext } from '@stricli/core';

/** What a command may use of its process: tests give their own. */
export interface CliContext extends CommandContext {
  process: {
    stdout: Output;
    stderr: Output;
    env: Readonly<Partial<Record<string, string>>>;
    cwd(): string;
    exitCode?: number | string | null;
    /** The words behind the program's name. */
    argv: readonly string[];
    /** Called at the first Ctrl-C. Returns how to stop listening. */
    onInterrupt(act: () => void): () => void;
  };
}

/** A stream to write to. */
export interface Output {
  write(text: string): void;
  isTTY?: boolean;
  columns?: number;
  rows?: number;
}

/** How a command ends. */
export const EXIT = {
  /** Fine. */
  ok: 0,
  /** The workflow failed. */
  failed: 1,
  /** The user's input is wrong. */
  input: 2,
  /** Stopped by Ctrl-C. */
  interrupted: 130,
} as const;

/** Writes a line of results. */
export function print(context: CliContext, text: string): void {
  context.process.stdout.write(`${text}\n`);
}

/** Writes a line about what is going on. */
export function say(context: CliContext, text: string): void {
  context.process.stderr.write(`${text}\n`);
}

/** Writes a result as JSON: one line where it goes to a program, readable on a terminal. */
export function printJson(context: CliContext, value: unknown): void {
  print(context, JSON.stringify(value, null, context.process.stdout.isTTY ? 2 : undefined));
}
