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
  /** The store. */
  store: string;
  /** What earlier surveys learned. */
  memory: string;
  /** Pattern of the run directory, with `{workflow}` and `{time}`. */
  out: string;
}

/** Places of a workflow: from `run.store` and `run.out`, or in the current folder. */
export function placesOf(config: Config, cwd: string): Places {
  const { run } = config.value as { run?: { store?: unknown; out?: unknown } };
  const at = (key: 'store' | 'out', fallback: string) => {
    const value = run?.[key];
    if (typeof value !== 'string') return resolve(cwd, fallback);
    const text = key === 'store' ? value.replace(/^file:(\/\/)?/, '') : value;
    return pathResolver(cwd)(text, config.origins[`/run/${key}`]?.file ?? '');
  };
  const store = at('store', '.fasthep/store');
  return { store, memory: resolve(store, 'survey.jsonl'), out: at('out', 'runs/{workflow}/{time}') };
}
