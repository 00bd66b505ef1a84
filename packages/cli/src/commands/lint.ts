import { type CliContext, printJson, say } from '../terminal/context.ts';
import { check, toConfig, toPlan } from '../workflow/stages.ts';
import { split, type WorkflowFlags } from '../workflow/words.ts';

type Flags = WorkflowFlags & {
  withData?: boolean;
};

/** `lint FILE [OVERRIDE...]`: opens no data unless asked to. */
export default async function lint(this: CliContext, flags: Flags, ...words: string[]): Promise<void> {
  const { file, keys, overrides } = split(words, flags);
  const written = await toConfig(this, file, [...overrides, ...keys], flags);
  const problems = check(written);
  if (flags.withData) await toPlan(written);
  if (flags.json) printJson(this, { problems });
  else
    say(
      this,
      `${file}: no errors found${flags.withData ? '' : ' (fields and data were not looked at: --with-data)'}`,
    );
}
