/** The files of an exported processor. */
import type { Body } from './body.ts';

export interface ModuleParts {
  /** Name of the workflow. */
  workflow: string;
  /** Hash of its graph. */
  hash: string;
  className: string;
  body: Body;
  /** It writes rows for a join. */
  saves?: boolean;
  functions: readonly { name: string; parameters: readonly string[]; code: string }[];
}

/** The module with the processor. */
export function processorModule({
  workflow,
  hash,
  className,
  body,
  functions,
  saves = false,
}: ModuleParts): string {
  const shifted = body.shifts.length > 0;
  const results = [...body.histograms, ...body.results]
    .map(([name, code]) => `            ${JSON.stringify(name)}: ${code},`)
    .join('\n');
  const own = functions.map(
    ({ name, parameters, code }) => `
    @staticmethod
    def ${name}(${parameters.join(', ')}):
        return ${code}
`,
  );
  const shifts = body.shifts.map(({ names, omit }) => {
    const list = `[${names.map((one) => JSON.stringify(one)).join(', ')}]`;
    return omit.length === 0
      ? `        shifts += ${list}`
      : `        if dataset not in [${omit.map((one) => JSON.stringify(one)).join(', ')}]:\n            shifts += ${list}`;
  });
  const call = shifted
    ? `        shifts = ["nominal"]\n${shifts.join('\n')}\n        for shift in shifts:\n            self.fill(events, shift, output)`
    : '        self.fill(events, output)';
  return `"""Workflow "${workflow}" as a coffea processor.

Exported by fasthep-flow; sha256 of the workflow's graph: ${hash}.
"""

import copy

import awkward as ak
import hist
import numpy as np
import vector
from coffea import processor
from coffea.analysis_tools import Weights

import helpers${saves ? '\nimport joins' : ''}

vector.register_awkward()


class ${className}(processor.ProcessorABC):
${
  saves
    ? `    def __init__(self, folder, files):
        self.folder, self.files = folder, files
`
    : ''
}${own.join('')}
    def process(self, events):
        dataset = events.metadata["dataset"]
        output = {
${results}
        }
${call}
        return output

    def fill(self, events, ${shifted ? 'shift, ' : ''}output):
        dataset = events.metadata["dataset"]
        length = len(events)
        all_events = np.ones(length, dtype=bool)
${body.head.text()}

${body.main.text()}

    def postprocess(self, accumulator):
        return accumulator
`
    .replaceAll(/[ \t]+$/gm, '')
    .replace(/^import copy\n\n/m, body.main.text().includes('copy.deepcopy') ? 'import copy\n\n' : '')
    .replace(
      /^from coffea.analysis_tools import Weights\n/m,
      body.main.text().includes('Weights(') ? 'from coffea.analysis_tools import Weights\n' : '',
    );
}

/** The script that runs it over its files. */
export function runScript(className: string): string {
  return `"""Runs the processor over fileset.json and writes results.json."""

import argparse
import json
import os

import hist
import numpy as np
from coffea import processor
from coffea.nanoevents import BaseSchema

from workflow import ${className}


def plain(value):
    """A result as plain data: histograms with their axes and the contents of all bins, flow included."""
    if isinstance(value, hist.Hist):
        axes = [{"name": axis.name, "bins": [str(one) for one in axis] if isinstance(axis, hist.axis.StrCategory) else list(axis.edges)} for axis in value.axes]
        view = value.view(flow=True)
        parts = {name: view[name].ravel().tolist() for name in view.dtype.names} if view.dtype.names else {"value": view.ravel().tolist()}
        return {"axes": axes, "shape": list(view.shape), **plain(parts)}
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    value = value.item() if isinstance(value, np.generic) else value
    # JSON has no such numbers.
    return str(value) if isinstance(value, float) and not np.isfinite(value) else value


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--workers", type=int, default=1)
    options.add_argument("--chunksize", type=int, default=100_000)
    options.add_argument("--output", default="results.json")
    options = options.parse_args()
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "fileset.json")) as file:
        fileset = json.load(file)
    for entry in fileset.values():
        entry["files"] = {os.path.join(here, path): tree for path, tree in entry["files"].items()}
    executor = processor.FuturesExecutor(workers=options.workers) if options.workers > 1 else processor.IterativeExecutor()
    run = processor.Runner(executor=executor, schema=BaseSchema, chunksize=options.chunksize, skipbadfiles=False)
    output = run(fileset, processor_instance=${className}())
    with open(options.output, "w") as file:
        json.dump(plain(output), file, indent=1)


if __name__ == "__main__":
    main()
`;
}

/** What it was tested with. */
export const REQUIREMENTS = 'coffea==2026.9.0\n';
