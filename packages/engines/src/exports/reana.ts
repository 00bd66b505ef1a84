import type { Exporter, Plan, Problem } from '@fasthep/flow';
import { pythonText } from '../python/text.ts';
import { exportOptions } from './round-files.ts';
import { snakemakeExporter } from './snakemake.ts';
import { noPlan } from './text.ts';

/** The image where none is named: Node, into which the command must still be put. */
const IMAGE = 'docker.io/library/node:22-slim';

/** Plan → `reana.yaml` with a Snakefile. */
export const reanaExporter: Exporter = {
  name: 'reana',
  doc: 'A reana.yaml for the REANA platform, which runs the Snakefile of the same plan.',
  write(graph, plan, options) {
    if (!plan) return noPlan('reana');
    const { image } = exportOptions(options);
    const made = snakemakeExporter.write(graph, plan, { ...options, image: image ?? IMAGE });
    const { 'events/README.txt': _, ...files } = made.files;
    const problems: Problem[] = [...made.problems];
    if (image === undefined) {
      problems.push({
        code: 'FLOW-R009',
        severity: 'warning',
        message: `no image is named: ${IMAGE} does not have the command`,
        help: 'name one that has fasthep-flow with image=…',
      });
    }
    const away = dataFiles(plan).filter((path) => path.startsWith('/'));
    if (away.length > 0) {
      problems.push({
        code: 'FLOW-R009',
        severity: 'warning',
        message: `REANA does not see ${away[0]}${away.length > 1 ? ` and ${away.length - 1} other files` : ''}`,
        help: 'name data by addresses (https://…, root://…)',
      });
    }
    return { files: { 'reana.yaml': reanaFile(Object.keys(files)), ...made.files }, problems };
  },
};

/** Paths of all data files of a plan. */
function dataFiles(plan: Plan): string[] {
  return plan.families.flatMap((family) =>
    family.kind === 'segment' ? family.files.map(({ path }) => path) : [],
  );
}

function reanaFile(inputs: readonly string[]): string {
  const list = (names: readonly string[]) => names.map((name) => `    - ${pythonText(name)}\n`).join('');
  return `version: 0.9.3
inputs:
  files:
${list(inputs)}  directories:
    - "events"
workflow:
  type: snakemake
  file: Snakefile
outputs:
  directories:
    - "store"
    - "events"
`;
}
