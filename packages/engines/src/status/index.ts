/** Which engines can be used here, and what is missing for the others. */
export { PYTHON_ENGINES } from '../python/specs.ts';
export type { PythonEngine } from '../python/types.ts';
export { type EngineStatus, engineStatus } from './status.ts';
