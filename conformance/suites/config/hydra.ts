/** Operations of the Hydra vectors. */
import type { Bench, Result } from './omegaconf.ts';

let trees: Record<string, { files: Record<string, string> }> = {};
export const setTrees = (given: typeof trees): void => {
  trees = given;
};

export const OPERATIONS: Record<string, (bench: Bench) => Result | Promise<Result>> = {};
