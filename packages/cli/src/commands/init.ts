import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { createRegistry, FlowError, workflowSchema } from '@fasthep/flow';
import { shippedPlugins } from '../plugins/shipped.ts';
import { type CliContext, print, printJson } from '../terminal/context.ts';

import type { CommonFlags } from '../workflow/lazy.ts';

const WORKFLOW = `# yaml-language-server: $schema=./workflow.schema.json
# Run it:             fasthep-flow run flow.yaml
# With another cut:   fasthep-flow run flow.yaml selection.mass=2
# What it would do:   fasthep-flow plan flow.yaml

data: {path: birds.csv}
selection: {mass: 1}          # kg

tasks:
  birds: {read: "\${data.path}"}

  # Tasks run from top to bottom: each sees the rows as the one above left them.
  sizes:
    define: {load: mass / wing_area}
  heavy:
    filter: mass > \${selection.mass}

  # A histogram, and the same as a figure.
  wingspans:
    hist: {x: {field: wingspan, label: "wingspan [m]", bins: [10, 0, 4]}}
  figure:
    plot: wingspans.svg

  # A table: one row for each family.
  families:
    group: {by: [family], agg: {n: count(), mean_load: mean(load), largest: max(wingspan)}}
`;

/** Made up, but not far from nature. */
function birds(): string {
  const families = { gulls: 0.9, hawks: 1.4, owls: 1.1, herons: 1.6, swans: 9, albatrosses: 7, crows: 0.6 };
  const lines = ['family,mass,wingspan,wing_area'];
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  for (const [family, typical] of Object.entries(families)) {
    for (let i = 0; i < 40; i++) {
      const mass = typical * (0.7 + 0.6 * random());
      const wingspan = 1.17 * mass ** 0.39 * (0.9 + 0.2 * random());
      lines.push(
        [family, mass.toFixed(3), wingspan.toFixed(3), ((wingspan * wingspan) / 8).toFixed(4)].join(','),
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

/** `init [FOLDER]`: never writes over a file. */
export default async function init(this: CliContext, flags: CommonFlags, folder = '.'): Promise<void> {
  const cwd = this.process.cwd();
  const path = resolve(cwd, folder);
  const registry = createRegistry((await shippedPlugins()).map(({ plugin }) => plugin));
  const files: Record<string, string> = {
    'flow.yaml': WORKFLOW,
    'birds.csv': birds(),
    'workflow.schema.json': `${JSON.stringify(workflowSchema(registry))}\n`,
  };
  for (const name of Object.keys(files)) {
    if (existsSync(join(path, name))) {
      throw new FlowError(
        'FLOW-R010',
        `${join(path, name)} is there already`,
        'give the name of a new folder',
      );
    }
  }
  mkdirSync(path, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  const workflow = relative(cwd, join(path, 'flow.yaml'));
  if (flags.json) printJson(this, { folder: path, files: Object.keys(files) });
  else print(this, `wrote ${workflow}: run it with\n\n    fasthep-flow run ${workflow}\n`);
}
