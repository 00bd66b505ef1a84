import type { ArgumentProblem } from '@fasthep/flow';

/** What `call: "file.mjs:name"` names. */
export interface Call {
  file: string;
  name: string;
  language: 'js' | 'python';
}

const JS = /\.(mjs|js|mts|ts)$/;

/** `file:name`, split; `default` where no name is given. A problem where it is neither JavaScript nor Python. */
export function parseCall(text: string): Call | ArgumentProblem {
  const at = text.lastIndexOf(':');
  const named = at > 1 && /^[\p{L}_$][\p{L}\p{N}_$.]*$/u.test(text.slice(at + 1));
  const file = named ? text.slice(0, at) : text;
  const name = named ? text.slice(at + 1) : 'default';
  if (JS.test(file)) return { file, name, language: 'js' };
  if (/\.py$/.test(file) && named) return { file, name, language: 'python' };
  return {
    code: 'adapt.call',
    message: `'${text}' names no function or class in a file`,
    help: 'write the file and the name in it: "readers.mjs:Leading", or "readers.py:Leading"',
    path: ['call'],
  };
}

/** The call of arguments that were checked before. */
export function callOf(args: { call?: unknown }): Call {
  const call = parseCall(String(args.call));
  if ('message' in call) throw new RangeError(call.message);
  return call;
}
