import { completionScript } from '@fasthep/config';
import { type CliContext, print, printJson } from '../terminal/context.ts';
import type { CommonFlags } from '../workflow/lazy.ts';

/** `completion SHELL` */
export default async function completion(
  this: CliContext,
  flags: CommonFlags,
  shell: 'bash' | 'zsh' | 'fish',
): Promise<void> {
  const script = completionScript(shell, 'fasthep-flow');
  if (flags.json) printJson(this, { shell, script });
  else print(this, script.trimEnd());
}
