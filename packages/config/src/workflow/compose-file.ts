import type { ContextOptions } from '../interpolation/context.ts';
import { resolveContext } from '../interpolation/context.ts';
import type { Config } from '../origin/types.ts';
import { COMMAND_LINE } from '../origin/types.ts';
import { applyOverrides, commandSource } from '../override/apply.ts';
import { parseOverrides } from '../override/parse.ts';
import { ConfigErrors } from '../problem/problem.ts';
import { MapNode } from '../tree/node.ts';
import { exportConfig } from './export.ts';
import type { Files } from './files.ts';
import { Includer } from './include.ts';

/** What composing a workflow file needs besides its path. */
export interface ComposeFileOptions extends ContextOptions {
  /** Command-line words: `a.b=1`, `+c=2`, `~d`, `group=option`. */
  overrides?: string[];
  /** How files are read; `nodeFiles` in `@fasthep/config/node`. */
  files: Files;
  /** Folders with config groups, searched after the file's own. */
  searchPath?: string[];
  /** Whether `???` may stay. */
  keepMissing?: boolean;
}

/**
 * A workflow file composed: its includes below it, its defaults list, the overrides of the command line above,
 * interpolations resolved. Every value knows where it was written. Throws `ConfigErrors` with all problems.
 */
export function composeFile(path: string, options: ComposeFileOptions): Config {
  const context = resolveContext(options);
  const words = options.overrides ?? [];
  const command = commandSource(words);
  const { overrides, problems } = parseOverrides(words);
  const includer = new Includer(options.files, context, (root) => {
    applyOverrides(root, overrides, command, context);
  });
  const root = includer.load(path) ?? new MapNode();
  problems.push(...includer.problems);
  const sources: Record<string, string> = {};
  for (const [file, source] of includer.sources) sources[file] = source.text;
  if (words.length > 0) sources[COMMAND_LINE] = command.text;
  // Values of a broken file would only give problems that follow from the first ones.
  if (
    includer.problems.some(
      ({ code }) => code === 'yaml-syntax' || code === 'duplicate-key' || code === 'file',
    )
  )
    throw new ConfigErrors(problems, sources);

  problems.push(...applyOverrides(root, overrides, command, context));
  const exported = exportConfig(root, context, {
    sources,
    overrides: words,
    keepMissing: options.keepMissing,
  });
  problems.push(...exported.problems);
  if (problems.length > 0) throw new ConfigErrors(problems, sources);
  return exported.config;
}
