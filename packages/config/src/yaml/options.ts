/** Which rules plain scalars and keys follow. */
export type YamlMode =
  /** YAML 1.2 core: `yes` is text, `010` is ten, keys are text as written. The default. */
  | '1.2'
  /** OmegaConf's: PyYAML 1.1 with its own floats; `yes` is true, `010` is eight, keys keep their type. */
  | 'omegaconf';

export interface YamlOptions {
  mode?: YamlMode;
  /** Nodes that aliases may expand to in all. */
  maxAliasNodes?: number;
}
