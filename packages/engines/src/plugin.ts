import { createRequire } from 'node:module';
import type { Backend, Plugin } from '@fasthep/flow';
import { lazyBackend } from './backend.ts';
import type { DriveOptions } from './drive/drive.ts';
import { hamiltonExporter } from './exports/hamilton.ts';
import { htcondorExporter } from './exports/htcondor.ts';
import { reanaExporter } from './exports/reana.ts';
import { snakemakeExporter } from './exports/snakemake.ts';

/** How the back ends start their workers. */
export type BackendsOptions = Partial<DriveOptions>;

/** The back ends. By default their workers are those of this package, which loads packs by their modules. */
export function backends({ command = ownWorker }: BackendsOptions = {}): Backend[] {
  const options = { command };
  return [
    lazyBackend(
      {
        name: 'processes',
        doc: 'This machine, each task in one of several warm processes.',
        can: { parallel: true, cancel: true },
      },
      options,
      async () => (await import('./processes/engine.ts')).processesEngine,
    ),
    lazyBackend(
      {
        name: 'hamilton',
        doc: 'Apache Hamilton: each task a Python function, each edge a parameter.',
        can: { parallel: true, cancel: true },
      },
      options,
      async () => (await import('./hamilton/engine.ts')).hamiltonEngine(),
    ),
    lazyBackend(
      {
        name: 'dask',
        doc: 'Dask: a cluster that is there (run.dask.scheduler), or processes of this machine.',
        can: { parallel: true, remote: true, cancel: true },
      },
      options,
      async () => (await import('./dask/engine.ts')).daskEngine(),
    ),
    lazyBackend(
      {
        name: 'prefect',
        doc: 'Prefect 3: one flow run with the states of all tasks, on a server of its own or yours (run.prefect.api).',
        can: { parallel: true, cancel: true },
      },
      options,
      async () => (await import('./prefect/engine.ts')).prefectEngine(),
    ),
    lazyBackend(
      {
        name: 'slurm',
        doc: 'Slurm: array jobs that depend on each other; a later command finds them again.',
        can: { parallel: true, remote: true, cancel: true },
      },
      options,
      async () => (await import('./slurm/engine.ts')).slurmEngine(),
    ),
  ];
}

/** The pack of the back ends and exports. */
export function enginesPlugin(options: BackendsOptions = {}): Plugin {
  return {
    name: 'engines',
    backends: backends(options),
    exporters: [hamiltonExporter, snakemakeExporter, htcondorExporter, reanaExporter],
  };
}

function ownWorker(): string[] {
  return [process.execPath, createRequire(import.meta.url).resolve('@fasthep/engines/worker')];
}

export default enginesPlugin();
