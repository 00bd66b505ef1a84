/** Every code of a `ConfigProblem`, with the explanation that belongs to it. */
export const CODES = {
  'yaml-syntax': 'The text is not valid YAML, or holds a tag that is not allowed.',
  'duplicate-key': 'A map has the same key twice. YAML forbids it, because one of the two would be lost.',
  limit: 'The document is nested too deeply or its aliases expand to too many nodes.',
  'interpolation-syntax': 'An interpolation is not closed or is not spelled as the grammar wants it.',
  'interpolation-key': 'An interpolation names a key that is not set.',
  'interpolation-cycle': 'Interpolations lead back to where they began.',
  'interpolation-eval':
    'An interpolation could not be computed: a resolver failed or gave an unusable value.',
  missing: 'A mandatory value `???` was read before it was set.',
  validation: 'A value does not fit the type that is declared for it.',
  'unknown-key': 'A key is not among the declared ones.',
  key: 'A key does not exist.',
  type: 'The operation does not fit this kind of node.',
  readonly: 'The config, or this part of it, is read-only.',
  'override-syntax': 'A command-line override is not spelled as the grammar wants it.',
  override: 'A command-line override does not fit the config, for example because its key does not exist.',
  composition: 'The defaults list or the search path cannot be composed.',
  include: 'An included file was not found or cannot be included.',
  params: 'A parameter of an included file is missing, unknown, or of the wrong type.',
  file: 'A file cannot be read.',
  instantiate: 'A `_target_` cannot be made.',
} as const;

/** The code of a problem: stable, for programs. */
export type Code = keyof typeof CODES;
