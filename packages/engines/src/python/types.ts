import type { EnvironmentSpec } from '@fasthep/python';

/** An engine that is a Python package. */
export interface PythonEngine extends EnvironmentSpec {
  /** Module of the driver: `fasthep_flow_engines.dask_driver`. */
  driver: string;
}
