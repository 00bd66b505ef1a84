import type { ContextOptions } from '../interpolation/context.ts';
import { resolveContext } from '../interpolation/context.ts';
import type { Config } from '../origin/types.ts';
import { COMMAND_LINE } from '../origin/types.ts';
import { applyOverrides, commandSource } from '../override/apply.ts';
import { parseOverrides } from '../override/parse.ts';
import { ConfigErrors } from '../problem/problem.ts';
import { entriesOf, MapNode } from '../tree/node.ts';
import { chooseConfigs } from './choose.ts';
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

/** Codes after which the values of a file would only give problems that follow from the first ones. */
const BROKEN = ['yaml-syntax', 'duplicate-key', 'file', 'limit'];

/**
 * A workflow file composed: its includes below it, the options its defaults list chooses, the overrides of the
 * command line above, interpolations resolved. Every value knows where it was written. Throws `ConfigErrors`
 * with all problems.
 */
export function composeFile(path: string, options: ComposeFileOptions): Config {
  const context = resolveContext(options);
  const words = options.overrides ?? [];
  const command = commandSource(words);
  const { overrides, problems } = parseOverrides(words);
  const includer = new Includer(options.files, context, (root) => {
    applyOverrides(root, overrides, command, context);
  });
  let root = includer.load(path) ?? new MapNode();
  let choices: Config['choices'] = {};
  const sources: Record<string, string> = {};
  const finish = (): never => {
    const known = new Set(problems);
    for (const problem of includer.problems) if (!known.has(problem)) problems.push(problem);
    for (const [file, source] of includer.sources) sources[file] = source.text;
    throw new ConfigErrors(problems, sources);
  };
  if (words.length > 0) sources[COMMAND_LINE] = command.text;
  if (includer.problems.some(({ code }) => BROKEN.includes(code))) finish();

  if (entriesOf(root).has('defaults') && problems.length === 0) {
    try {
      ({ root, choices } = chooseConfigs(path, root, words, includer, context, options.searchPath ?? []));
    } catch (error) {
      if (!(error instanceof ConfigErrors)) throw error;
      problems.push(...error.problems);
      finish();
    }
  } else {
    entriesOf(root).delete('defaults');
    root.flags = { struct: true };
    problems.push(...applyOverrides(root, overrides, command, context));
  }
  for (const [file, source] of includer.sources) sources[file] = source.text;
  const keepMissing = options.keepMissing;
  const exported = exportConfig(root, context, { sources, overrides: words, choices, keepMissing });
  problems.push(...exported.problems);
  if (problems.length > 0 || includer.problems.length > 0) finish();
  return exported.config;
}
