/** A command in a folder of its own. */
import { spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, normalize, relative, sep } from 'node:path';
import { createInterface } from 'node:readline';
import type { PublishedFile } from '@fasthep/flow';
import { AdaptError } from '../error.ts';

export interface Command {
  /** A text for the shell, or the words of a command that no shell reads. */
  run: string | readonly string[];
  env: Record<string, string>;
  /** Files to take along afterwards; `*` stands for any name. */
  outputs: readonly string[];
  inputs: readonly PublishedFile[];
  signal?: AbortSignal;
  log(line: string): void;
}

/** Runs a command in a fresh folder, and gives the files that it was to make, and its log. Throws `adapt.shell`. */
export async function runCommand(command: Command): Promise<{ files: PublishedFile[]; log: string }> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fasthep-shell-')));
  try {
    for (const { name, bytes } of command.inputs) {
      const path = within(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes);
    }
    const log = await finished(command, folder);
    return { files: collected(command, folder), log };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function within(folder: string, name: string): string {
  const path = normalize(name);
  if (isAbsolute(path) || path.split(sep)[0] === '..')
    throw new AdaptError(
      'adapt.shell',
      `'${name}' lies outside the command's working directory`,
      'name files relative to it',
    );
  return join(folder, path);
}

function finished({ run, env, signal, log }: Command, folder: string): Promise<string> {
  const [program, words] = typeof run === 'string' ? ['/bin/sh', ['-ec', run]] : [run[0]!, run.slice(1)];
  const lines: string[] = [];
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const stop = () => {
      try {
        process.kill(-child.pid!, 'SIGKILL');
      } catch {
        child.kill('SIGKILL');
      }
    };
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        log(line);
      });
    }
    child.on('error', (error) =>
      reject(new AdaptError('adapt.shell', `the command cannot be started: ${error.message}`)),
    );
    child.on('close', (code, killed) => {
      signal?.removeEventListener('abort', stop);
      if (signal?.aborted) return reject(signal.reason);
      if (code === 0) return resolve(lines.map((line) => `${line}\n`).join(''));
      const last = lines.filter((line) => line.trim() !== '').at(-1);
      reject(
        new AdaptError(
          'adapt.shell',
          `the command ended with ${killed ? `signal ${killed}` : `code ${code}`}${last ? `: ${last}` : ''}`,
        ),
      );
    });
  });
}

function collected({ outputs, inputs, log }: Command, folder: string): PublishedFile[] {
  const there = walk(folder, folder);
  const given = new Set(inputs.map(({ name }) => normalize(name)));
  const files: PublishedFile[] = [];
  for (const output of outputs) {
    within(folder, output);
    const pattern = new RegExp(
      `^${normalize(output)
        .split('*')
        .map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&'))
        .join('[^/]*')}$`,
    );
    const found = there.filter((name) => pattern.test(name));
    if (found.length === 0) {
      const others = there.filter((name) => !given.has(name));
      throw new AdaptError(
        'adapt.shell',
        `the command made no file ${output}`,
        others.length > 0 ? `it made ${others.join(', ')}` : 'it made no file',
      );
    }
    for (const name of found)
      if (!files.some((one) => one.name === name))
        files.push({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) });
  }
  const unnamed = there.filter((name) => !given.has(name) && !files.some((one) => one.name === name));
  if (unnamed.length > 0) log(`not kept, as 'outputs' does not name it: ${unnamed.join(', ')}`);
  return files;
}

/** Files below a folder, by their paths in it. What a link leads out of it is left out. */
function walk(folder: string, root: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      const state = statSync(path, { throwIfNoEntry: false });
      if (!state || !realpathSync(path).startsWith(root + sep)) return [];
      return state.isDirectory() ? walk(path, root) : [relative(root, path)];
    });
}
