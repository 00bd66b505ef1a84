import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { FlowError, FlowErrors, hasErrors, type JsonObject, suggest } from '@fasthep/flow';
import { type CliContext, print, printJson } from '../terminal/context.ts';
import { warn } from '../terminal/errors.ts';
import { type SelectionFlags, toConfig, toPlan } from '../workflow/stages.ts';
import { split, type WorkflowFlags } from '../workflow/words.ts';

type Flags = WorkflowFlags &
  SelectionFlags & {
    to?: string;
    image?: string;
    command?: string;
  };

/** `export FORMAT FILE [OVERRIDE...]`: writes the workflow for another system. */
export default async function exportTo(this: CliContext, flags: Flags, ...words: string[]): Promise<void> {
  const [format = '', ...rest] = words;
  const { file, keys, overrides } = split(rest, flags);
  const written = await toConfig(this, file, [...overrides, ...keys], flags);
  const exporters = written.registry.all('exporters').map(({ item }) => item);
  const exporter = exporters.find(({ name }) => name === format);
  if (!exporter) {
    const names = exporters.map(({ name }) => name);
    throw new FlowError('FLOW-R009', `there is no export '${format}'`, suggest(format, names, 'there are'));
  }
  const { graph, plan } = await toPlan(written);
  const folder = resolve(this.process.cwd(), flags.to ?? `${plan.name}-${format}`);
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new FlowError('FLOW-R010', `${folder} is not empty`, 'name another folder with --to');
  const options: JsonObject = {
    file: resolve(this.process.cwd(), file),
    overrides: [...overrides, ...keys],
    directory: folder,
    plugins: written.plugins.flatMap(({ module }) => module ?? []),
    ...(flags.image === undefined ? {} : { image: flags.image }),
    ...(flags.command === undefined ? {} : { command: flags.command.split(' ') }),
  };
  const { files, problems } = exporter.write(graph, plan, options);
  if (hasErrors(problems)) throw new FlowErrors(problems, written.config.sources);
  warn(this, problems, written.config.sources);
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  if (flags.json) printJson(this, { folder, files: Object.keys(files) });
  else print(this, `${folder}: ${Object.keys(files).join(', ')}`);
}
