import { convertWorkflow, FlowErrors, hasErrors } from '@fasthep/flow';
import { type CliContext, print, printJson } from '../terminal/context.ts';
import { warn } from '../terminal/errors.ts';
import { loadNamed, toConfig } from '../workflow/stages.ts';
import { split, type WorkflowFlags } from '../workflow/words.ts';

type Flags = WorkflowFlags & {
  to: string;
};

/** `convert FILE [OVERRIDE...]`: the workflow in another syntax, on standard output; what was lost, on standard error. */
export default async function convert(this: CliContext, flags: Flags, ...words: string[]): Promise<void> {
  const { file, keys, overrides } = split(words, flags);
  const { config, registry } = await toConfig(this, file, [...overrides, ...keys], flags);
  const { syntax } = flags;
  const { text, problems, from } = convertWorkflow(config, registry, flags.to, {
    ...(syntax === undefined ? {} : { from: syntax }),
    load: loadNamed,
  });
  if (hasErrors(problems)) throw new FlowErrors(problems, config.sources);
  if (flags.json) {
    printJson(this, { from, to: flags.to, text, problems });
    return;
  }
  warn(this, problems, config.sources);
  print(this, text.trimEnd());
}
