import type { Builder, JsonObject } from '@fasthep/flow';
import { isMap } from './maps.ts';

/** Keys of ours that a workflow of another syntax may have beside its own: `+run.workers=4`, `+limit.rows=1000`. */
const OWN_KEYS = ['run', 'limit'];

/** Those of them that are there: they are no suggestion for what is misspelt. */
export const ownKeys = (top: JsonObject): string[] => OWN_KEYS.filter((key) => top[key] !== undefined);

/** Takes over how a workflow is run. */
export function readSettings(build: Builder, top: JsonObject): void {
  const settings = build.definition.settings as JsonObject;
  for (const key of OWN_KEYS) {
    const value = top[key];
    if (isMap(value)) settings[key] = value;
    else if (value !== undefined) build.wrong(`'${key}' must be a map`, `/${key}`);
  }
}
