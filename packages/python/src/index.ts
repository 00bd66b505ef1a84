export {
  type Environment,
  type EnvironmentOptions,
  type EnvironmentSpec,
  environment,
  environmentFolder,
  environmentsFolder,
  installedIn,
  pythonIn,
} from './environment.ts';
export { PythonError, PythonException } from './error.ts';
export { findPython, type Interpreter, interpreterAt } from './find.ts';
export { type Call, type ProcessOptions, type PythonProcess, pythonProcess } from './process.ts';
export { pythonEnvironment, runtimeFolder } from './runtime.ts';
