/** What each Python engine needs, pinned: tried together, and the same everywhere. */
import type { PythonEngine } from './types.ts';

/** Apache Hamilton. */
export const HAMILTON: PythonEngine = {
  name: 'hamilton',
  requirements: ['apache-hamilton==1.90.0'],
  modules: ['hamilton'],
  driver: 'fasthep_flow_engines.hamilton_driver',
};

/** Dask's distributed scheduler. */
export const DASK: PythonEngine = {
  name: 'dask',
  requirements: ['dask==2026.8.0', 'distributed==2026.8.0'],
  modules: ['distributed'],
  driver: 'fasthep_flow_engines.dask_driver',
};

/** Prefect. Newer versions of fastapi break its server. */
export const PREFECT: PythonEngine = {
  name: 'prefect',
  requirements: ['prefect==3.8.8', 'fastapi<0.151'],
  modules: ['prefect'],
  driver: 'fasthep_flow_engines.prefect_driver',
};

/** All of them, by name. */
export const PYTHON_ENGINES: Readonly<Record<string, PythonEngine>> = {
  hamilton: HAMILTON,
  dask: DASK,
  prefect: PREFECT,
};
