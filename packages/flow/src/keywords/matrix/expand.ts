import type { Json, JsonObject } from '../../types/json.ts';

/** Values of one instance, by name in the order of the matrix. */
export type MatrixValues = JsonObject;

/**
 * The instances of a matrix in order, the last name fastest: `{pt: [20, 30], wp: [loose, tight]}` gives four.
 * A list of maps is the union of their products; a single value stands for a list of one.
 */
export function expandMatrix(matrix: Json): MatrixValues[] {
  const maps = (Array.isArray(matrix) ? matrix : [matrix]) as JsonObject[];
  return maps.flatMap((map) =>
    Object.entries(map).reduce<MatrixValues[]>(
      (instances, [name, values]) =>
        instances.flatMap((instance) =>
          [values].flat().map((value) => ({ ...instance, [name]: value as Json })),
        ),
      [{}],
    ),
  );
}

/** A name of one instance that can be part of a file's: `scan-20-tight`. */
export function instanceName(task: string, values: MatrixValues, index: number): string {
  const parts = Object.values(values).map((value) =>
    value !== null && typeof value === 'object'
      ? String(index)
      : String(value).replace(/[^\p{L}\p{N}.+-]+/gu, '_'),
  );
  return [task, ...parts].join('-');
}

/** Whether two sets of values agree in the names that both have. Numbers and their texts are the same. */
export function agree(a: MatrixValues, b: MatrixValues): boolean {
  return Object.keys(a).every((name) => !Object.hasOwn(b, name) || same(a[name]!, b[name]!));
}

const same = (a: Json, b: Json): boolean =>
  typeof a === 'object' || typeof b === 'object'
    ? JSON.stringify(a) === JSON.stringify(b)
    : String(a) === String(b);
