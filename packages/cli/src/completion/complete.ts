/** What a shell may complete a command line with. */
import { type Application, proposeCompletions } from '@stricli/core';
import { WORKFLOW_COMMANDS } from '../commands/names.ts';
import type { CliContext } from '../terminal/context.ts';
import { flagValues } from './values.ts';
import { positionals, workflowCandidates } from './workflow.ts';

/**
 * Candidates for the last of the words behind the program's name. Never throws: where a workflow cannot be read there
 * are fewer.
 */
export async function complete(
  application: Application<CliContext>,
  words: readonly string[],
  process: CliContext['process'],
): Promise<string[]> {
  const word = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const [command] = before;
  const proposed = await proposeCompletions(application, words.length > 0 ? words : [''], { process });
  const isFlag = word.startsWith('-');
  const own = proposed
    .map(({ completion }) => completion)
    .filter((one) => one.startsWith(word) && one.startsWith('-') === isFlag);
  if (command === undefined || isFlag) return sorted(own);
  const flag = before.at(-1)!;
  if (own.length > 0) return sorted(own);
  if (command === 'completion') return before.length === 1 ? sorted(shells(word)) : [];
  const values = flagValues(flag, word, before);
  if (values) return sorted(values);
  if (!WORKFLOW_COMMANDS.includes(command)) return [];
  return sorted(workflowCandidates(command, positionals(before.slice(1)), word));
}

const sorted = (words: readonly string[]): string[] => [...new Set(words)].sort();
const shells = (word: string) => ['bash', 'zsh', 'fish'].filter((one) => one.startsWith(word));
