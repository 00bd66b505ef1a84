import { type CliContext, print, printJson } from '../terminal/context.ts';
import { toYaml } from '../terminal/yaml.ts';
import { toConfig, toDefinition } from '../workflow/stages.ts';
import { split, type WorkflowFlags } from '../workflow/words.ts';

/** `definition FILE [OVERRIDE...]` */
export default async function definition(
  this: CliContext,
  flags: WorkflowFlags,
  ...words: string[]
): Promise<void> {
  const { file, keys, overrides } = split(words, flags);
  const made = toDefinition(await toConfig(this, file, [...overrides, ...keys], flags));
  if (flags.json) {
    printJson(this, made);
    return;
  }
  const tasks = Object.fromEntries(
    Object.entries(made.tasks).map(([name, { operator, args, needs, control }]) => [
      name,
      { [operator]: args, ...(needs ? { needs } : {}), ...control },
    ]),
  );
  print(this, toYaml({ name: made.name, settings: made.settings, tasks }).trimEnd());
}
