import type { Composed } from '../compose/compose.ts';
import type { ContextOptions } from '../interpolation/context.ts';
import { resolveContext } from '../interpolation/context.ts';
import type { ResolveContext } from '../interpolation/resolvers.ts';
import type { Config } from '../origin/types.ts';
import { COMMAND_LINE } from '../origin/types.ts';
import { applyOverrides, commandSource } from '../override/apply.ts';
import { parseOverrides } from '../override/parse.ts';
import { ConfigErrors, type ConfigProblem } from '../problem/problem.ts';
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
  /** Sections whose keys are known elsewhere (`run`, `limit`): an override may add one without `+`. */
  open?: readonly string[];
}

/** A workflow file composed, its interpolations not yet followed. */
export interface ComposedFile {
  root: MapNode;
  context: ResolveContext;
  choices: Config['choices'];
  /** Of a file with a defaults list: how its configs were found and chosen. */
  listed?: Omit<Composed, 'root'>;
  /** Text of every file that was read. */
  sources: Record<string, string>;
}

/** Codes after which the values of a file would only give problems that follow from the first ones. */
const BROKEN = ['yaml-syntax', 'duplicate-key', 'file', 'limit'];

interface Begun extends ComposedFile {
  problems: ConfigProblem[];
  /** The error of these problems and those of the files. */
  errors(): ConfigErrors;
}

/** All but following interpolations. Problems that leave something to go on with are gathered. */
function begin(path: string, options: ComposeFileOptions): Begun {
  const context = resolveContext(options);
  const words = options.overrides ?? [];
  const command = commandSource(words);
  const { overrides: asWritten, problems } = parseOverrides(words);
  const overrides = asWritten.map((one): typeof one =>
    one.type === 'CHANGE' && options.open?.includes(one.key.split('.')[0]!)
      ? { ...one, type: 'FORCE_ADD' }
      : one,
  );
  const includer = new Includer(options.files, context, (root) => {
    applyOverrides(root, overrides, command, context);
  });
  const root = includer.load(path) ?? new MapNode();
  const sources: Record<string, string> = words.length > 0 ? { [COMMAND_LINE]: command.text } : {};
  const begun: Begun = {
    root,
    context,
    choices: {},
    sources,
    problems,
    errors() {
      const known = new Set(problems);
      for (const problem of includer.problems) if (!known.has(problem)) problems.push(problem);
      for (const [file, source] of includer.sources) sources[file] = source.text;
      return new ConfigErrors(problems, sources);
    },
  };
  if (includer.problems.some(({ code }) => BROKEN.includes(code))) throw begun.errors();

  const defaults = entriesOf(root).get('defaults');
  // A map of that name is a section of the file's own: file lists of other tools have one.
  const chooses = defaults !== undefined && !(defaults.kind === 'map' && defaults.content instanceof Map);
  if (chooses && problems.length === 0) {
    try {
      Object.assign(begun, chooseConfigs(path, root, words, includer, context, options.searchPath ?? []));
    } catch (error) {
      if (!(error instanceof ConfigErrors)) throw error;
      problems.push(...error.problems);
      throw begun.errors();
    }
  } else {
    if (chooses) entriesOf(root).delete('defaults');
    root.flags = { struct: true };
    problems.push(...applyOverrides(root, overrides, command, context));
  }
  for (const [file, source] of includer.sources) sources[file] = source.text;
  problems.push(...includer.problems);
  return begun;
}

/**
 * A workflow file composed: its includes below it, the options its defaults list chooses, the overrides of the
 * command line above. Interpolations are left as they are. Throws `ConfigErrors`.
 */
export function composeTree(path: string, options: ComposeFileOptions): ComposedFile {
  const { problems, errors, ...composed } = begin(path, options);
  if (problems.length > 0) throw errors();
  return composed;
}

/**
 * A workflow file composed and its interpolations resolved, as plain data. Every value knows where it was written.
 * Throws `ConfigErrors` with all problems.
 */
export function composeFile(path: string, options: ComposeFileOptions): Config {
  const { root, context, choices, sources, problems, errors } = begin(path, options);
  const { overrides = [], keepMissing } = options;
  const exported = exportConfig(root, context, { sources, overrides, choices, keepMissing });
  problems.push(...exported.problems);
  if (problems.length > 0) throw errors();
  return exported.config;
}
