import { fileURLToPath } from 'node:url';

/** The words that start this command once more, as another process. */
export function program(): string[] {
  return [process.execPath, fileURLToPath(new URL('./bin.js', import.meta.resolve('@fasthep/cli')))];
}
