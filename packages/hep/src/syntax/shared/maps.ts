import type { Json, JsonObject } from '@fasthep/flow';

/** Whether a value is a map. */
export const isMap = (value: Json | undefined): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
