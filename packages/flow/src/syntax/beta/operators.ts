import { isMap } from '../../definition/index.ts';
import type { Json, JsonObject } from '../../types/json.ts';
import { type Arguments, type Builder, sourced } from '../build/index.ts';

/** What a `type` of the beta is here. */
export interface Translated {
  operator: string;
  args: Arguments;
}

const words = (value: Json | undefined): string[] => [value ?? []].flat().map(String);

/** A word as the shell needs it. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** `bash_command` and its arguments as one command line. */
function bash(build: Builder, kwargs: JsonObject, at: string): Translated {
  build.keys(kwargs, at, ['bash_command', 'arguments', 'outputs'], 'the arguments of BashOperator');
  if (typeof kwargs.bash_command !== 'string')
    build.wrong("BashOperator needs 'bash_command'", at, 'kwargs: {bash_command: echo, arguments: [hello]}');
  const line = [String(kwargs.bash_command ?? ''), ...words(kwargs.arguments).map(quoted)].join(' ');
  const run = sourced(line, `${at}/bash_command`);
  return {
    operator: 'shell',
    args: kwargs.outputs === undefined ? { run } : { run, outputs: kwargs.outputs },
  };
}

/** `module.function`, `module:function` or a file with it, as `call`. */
const callOf = (name: string): string => (name.includes(':') ? name : name.replace(/\.([^.]+)$/, ':$1'));

function python(build: Builder, kwargs: JsonObject, at: string): Translated {
  build.keys(
    kwargs,
    at,
    ['python_callable', 'arguments', 'op_args', 'op_kwargs'],
    'the arguments of PythonOperator',
  );
  if (typeof kwargs.python_callable !== 'string')
    build.wrong("PythonOperator needs 'python_callable'", at, 'kwargs: {python_callable: "fits.py:profile"}');
  const args: { [key: string]: Arguments } = {
    call: sourced(callOf(String(kwargs.python_callable ?? '')), `${at}/python_callable`, [[0, 0]]),
  };
  const given = kwargs.op_kwargs ?? kwargs.arguments ?? kwargs.op_args;
  if (given !== undefined) args.args = given;
  return { operator: 'python', args };
}

/** An operator of the beta by its `type`: Bash, Python, `ns::task`, or any class that can be imported. */
export function operatorOf(build: Builder, type: string, kwargs: Json, at: string): Translated {
  const named = isMap(kwargs) ? kwargs : {};
  const name = type.split(/[.:]/).at(-1)!;
  if (/^(Local)?BashOperator$/.test(name)) return bash(build, named, at);
  if (name === 'PythonOperator') return python(build, named, at);
  if (type.includes('::')) return { operator: type.replace('::', '.'), args: sourced(kwargs ?? {}, at) };
  const call = sourced(callOf(type), at, [[0, 0]]);
  return {
    operator: 'python',
    args: Object.keys(named).length > 0 ? { call, args: sourced(named, at) } : { call },
  };
}
