/** Something that does not fit its schema. */
export interface SchemaProblem {
  /** `unknown`: a key that is not allowed; `missing`: one that is not there; `value`: the wrong kind of value. */
  kind: 'unknown' | 'missing' | 'value';
  /** Keys from the top of the value; of an unknown key, with that key. */
  path: (string | number)[];
  message: string;
  help?: string;
}
