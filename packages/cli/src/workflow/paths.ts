import { dirname, resolve } from 'node:path';
import { COMMAND_LINE, type Config } from '@fasthep/config';

/** A path as written in `file`, as one that opens: relative to that file, on the command line to the current folder. */
export function pathResolver(cwd: string): (path: string, file: string) => string {
  return (path, file) => {
    if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path)) return path;
    return resolve(file === COMMAND_LINE || file === '' ? cwd : dirname(resolve(cwd, file)), path);
  };
}

/** Where things are kept that outlive a run. */
export interface Places {
  /** Address of the store: `file:/folder`, `memory:`, or what a pack knows. */
  store: string;
  /** What earlier surveys learned. */
  memory: string;
  /** Pattern of the run directory, with `{workflow}` and `{time}`. */
  out: string;
}

/** Folder of the store unless `run.store` says otherwise. */
export const STORE = '.fasthep/store';

/** Places of a workflow: from `run.store` and `run.out`, or in the current folder. */
export function placesOf(config: Config, cwd: string): Places {
  const { run } = config.value as { run?: { store?: unknown; out?: unknown } };
  const at = (key: 'store' | 'out', fallback: string) => {
    const value = run?.[key];
    return typeof value === 'string'
      ? pathResolver(cwd)(value.replace(/^file:(\/\/)?/, ''), config.origins[`/run/${key}`]?.file ?? '')
      : resolve(cwd, fallback);
  };
  const { store } = run ?? {};
  const other = typeof store === 'string' && /^(?!file:)[a-z][a-z0-9+.-]+:/i.test(store);
  return {
    store: other ? store : `file:${at('store', STORE)}`,
    memory: resolve(cwd, '.fasthep/survey.jsonl'),
    out: at('out', 'runs/{workflow}/{time}'),
  };
}
