import { describePythonEngine } from './python.ts';

describePythonEngine('hamilton');
