import { parseBytes } from '@fasthep/flow';

/** A word as a shell reads it. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A size such as `2GB`, in whole megabytes (2^20 bytes). */
export function megabytes(size: string): number {
  return Math.ceil((parseBytes(size) ?? 0) / 2 ** 20);
}

/** The answer of an export of tasks that was given no plan. */
export function noPlan(name: string) {
  const problem = {
    code: 'FLOW-R009',
    message: `the export '${name}' needs a plan`,
    severity: 'error' as const,
  };
  return { files: {}, problems: [problem] };
}
