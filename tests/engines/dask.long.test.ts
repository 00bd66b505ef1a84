import { describePythonEngine } from './python.ts';

describePythonEngine('dask');
