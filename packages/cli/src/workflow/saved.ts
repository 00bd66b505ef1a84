import { dumpYaml, toYaml } from '@fasthep/config';
import { composedTree } from './stages.ts';
import type { ConfigFlags } from './words.ts';

/** Files with what a run was asked for, as Hydra saves them. */
export interface SavedConfig {
  /** The composed config, its interpolations not followed. */
  'config.yaml': string;
  /** The overrides, a list of words. */
  'overrides.yaml': string;
}

/** What is saved beside the results of a run. */
export function savedConfig(file: string, overrides: string[], flags: ConfigFlags): SavedConfig {
  const { root, context } = composedTree(file, overrides, flags);
  return { 'config.yaml': toYaml(root, context), 'overrides.yaml': dumpYaml(overrides) };
}
