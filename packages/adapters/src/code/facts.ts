import { readFileSync, statSync } from 'node:fs';
import type { ArgumentProblem, Json, JsonObject, SurveyContext } from '@fasthep/flow';
import { AdaptError } from '../error.ts';
import { type Call, parseCall } from './call.ts';
import { codeHash } from './hash.ts';
import type { Found } from './load.ts';

/** What the survey knows of a user's code. */
export interface CodeFacts {
  facts: JsonObject;
  problems: ArgumentProblem[];
  /** The call, where its file is there. */
  call?: Call;
  found?: Found;
}

/** Finds the file that `call` names, beside the workflow that says it, and its hash. */
export function codeFacts(args: Json, context: Pick<SurveyContext, 'resolve'>): CodeFacts {
  const call = parseCall(String((args as JsonObject).call));
  if ('message' in call) return { facts: {}, problems: [call] };
  const path = context.resolve(call.file, ['call']);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    const problem = {
      code: 'adapt.code',
      message: `there is no file ${call.file}`,
      help: `looked for ${path}`,
      path: ['call'],
    };
    return { facts: {}, problems: [problem] };
  }
  const found = { path, hash: codeHash(path) };
  const lacking = call.language === 'python' ? lackingInPython(call, path) : undefined;
  return { facts: { ...found }, problems: lacking ? [lacking] : [], call, found };
}

/** The arguments with the code by its hash instead of its path. */
export function codeIdentity(args: Json, known: JsonObject): Json {
  const call = parseCall(String((args as JsonObject).call));
  if (typeof known.hash !== 'string' || 'message' in call) return args;
  return { ...(args as JsonObject), call: call.name, code: known.hash };
}

/** The code that a task was planned with. Throws `adapt.code` where the survey was left out. */
export function foundIn(known: JsonObject | undefined): Found {
  const { path, hash } = known ?? {};
  if (typeof path === 'string' && typeof hash === 'string') return { path, hash };
  throw new AdaptError(
    'adapt.code',
    'the plan does not say where the code lies',
    'make the plan again, with a survey',
  );
}

/** A name that a Python file does not define at its top level. */
function lackingInPython(call: Call, path: string): ArgumentProblem | undefined {
  const [name] = call.name.split('.');
  const text = readFileSync(path, 'utf8');
  if (
    new RegExp(
      `^(?:async )?(?:def|class) ${name}\\b|^${name}\\s*[:=]|import .*\\b${name}\\b|import \\*`,
      'm',
    ).test(text)
  )
    return undefined;
  const names = [...text.matchAll(/^(?:def|class) (\w+)/gm)].map((match) => match[1]!);
  return {
    code: 'adapt.code',
    message: `${call.file} defines no '${name}'`,
    help: names.length > 0 ? `it defines ${names.join(', ')}` : 'it defines no function and no class',
    path: ['call'],
  };
}
