import { didYouMean } from '@fasthep/expression';
import type { ArgumentProblem, SurveyContext } from '@fasthep/flow';
import { glob, isPattern } from '../files/glob.ts';
import { platformFiles } from '../node/files.ts';
import type { FileArgument } from './arguments.ts';

/** A file that is there, and the argument that named it. */
export interface NamedFile {
  path: string;
  /** In messages: the path as written, or the file that a pattern found. */
  shown: string;
  argument: FileArgument;
}

/** Missing files are named with the reason; with `skipBad` they are no problem. */
export interface Expanded {
  files: NamedFile[];
  problems: ArgumentProblem[];
  missing: { path: string; reason: string }[];
}

/** The files of a list of paths and patterns: in the order of the list, those of a pattern by name, none twice (two tables of one file are two). */
export async function expandFiles(list: readonly FileArgument[], context: SurveyContext): Promise<Expanded> {
  const files = new Map<string, NamedFile>();
  const problems: ArgumentProblem[] = [];
  const missing: Expanded['missing'] = [];
  const add = (file: NamedFile) => {
    const key = JSON.stringify([file.path, file.argument.tree ?? null]);
    if (!files.has(key)) files.set(key, file);
  };
  for (const argument of list) {
    const path = context.resolve(argument.path, argument.at);
    if (isPattern(path)) {
      // A file may have brackets in its name.
      const found = (await platformFiles.stat(path)) ? [path] : await glob(path, platformFiles);
      if (found.length === 0) problems.push({ ...(await nothing(path, argument)), path: argument.at });
      for (const one of found) add({ path: one, shown: one, argument });
      continue;
    }
    const state = await platformFiles.stat(path);
    if (state && !state.folder) {
      add({ path, shown: argument.path, argument });
    } else {
      const problem = state ? folder(path) : await absent(path, argument);
      missing.push({ path, reason: problem.message });
      problems.push({ ...problem, path: argument.at });
    }
  }
  return { files: [...files.values()], problems, missing };
}

const parentOf = (path: string) => path.slice(0, Math.max(path.lastIndexOf('/'), 0)) || '/';

async function absent(path: string, argument: FileArgument): Promise<ArgumentProblem> {
  const parent = parentOf(path);
  const entries = await platformFiles.list(parent);
  const message = `no such file: ${argument.path}`;
  const code = 'data.file-missing';
  if (!entries)
    return {
      code,
      message,
      help: `there is no folder ${parent}; paths are relative to the file that says them`,
    };
  const name = path.slice(path.lastIndexOf('/') + 1);
  const guess = didYouMean(
    name,
    entries.map((entry) => entry.name),
  );
  return {
    code,
    message,
    help: guess ?? `looked for ${path}; paths are relative to the file that says them`,
  };
}

function folder(path: string): ArgumentProblem {
  return {
    code: 'data.file-missing',
    message: `${path} is a folder`,
    help: `write ${path}/*.root, or whatever its files end in`,
  };
}

async function nothing(path: string, argument: FileArgument): Promise<ArgumentProblem> {
  const parts = path.split('/');
  const parent = parts.slice(0, parts.findIndex(isPattern)).join('/') || '/';
  const entries = await platformFiles.list(parent);
  const names = entries?.map((entry) => (entry.folder ? `${entry.name}/` : entry.name)).sort();
  const help = names
    ? names.length > 0
      ? `${parent} holds ${names.slice(0, 6).join(', ')}${names.length > 6 ? ` and ${names.length - 6} more` : ''}`
      : `${parent} is empty`
    : `there is no folder ${parent}; paths are relative to the file that says them`;
  return { code: 'data.glob-empty', message: `no file matches ${argument.path}`, help };
}
