import { isMap } from '../../definition/index.ts';
import type { JsonObject } from '../../types/json.ts';
import type { Builder } from '../build/index.ts';

/** `process_on: gpu_if_available` and its like as resources. */
function resources(value: JsonObject): JsonObject {
  const { process_on, image, ...rest } = value;
  const made: JsonObject = { ...rest };
  if (process_on === 'gpu_if_available') made.gpu = 'optional';
  else if (process_on === 'gpu') made.gpu = true;
  if (image !== undefined) made.image = image;
  return made;
}

/** Where the beta says how tasks run: `global` and `environment`, of all or of one task. */
export function environmentOf(
  build: Builder,
  value: JsonObject,
  at: string,
  what: string,
): { control: JsonObject; run: JsonObject } {
  build.keys(value, at, ['resources', 'flow', 'output', 'variables', 'image'], what);
  const control: JsonObject = {};
  const run: JsonObject = {};
  const given = {
    ...(isMap(value.resources) ? value.resources : {}),
    ...(value.image === undefined ? {} : { image: value.image }),
  };
  if (Object.keys(given).length > 0) control.resources = resources(given);
  if (isMap(value.variables)) control.env = value.variables;
  if (typeof value.flow === 'string') run.backend = value.flow.replace(/^.*[.:]/, '').toLowerCase();
  if (typeof value.output === 'string') run.out = value.output;
  else if (value.output !== undefined) build.lost(`'output' of ${what} is not a folder`, `${at}/output`);
  return { control, run };
}
