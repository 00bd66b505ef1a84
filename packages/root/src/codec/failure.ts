import { RootError } from '../error/error.ts';

/** What a decoder's answer means; 0 is fine. */
export function checkAnswer(code: number): void {
  if (code === 0) return;
  if (code === 4) throw new RootError('ROOT-E08', 'the checksum of a block does not match');
  if (code === 2) throw new RootError('ROOT-E03', 'a block unpacks to less than it says');
  if (code === 3) throw new RootError('ROOT-E03', 'a block unpacks to more than it says');
  throw new RootError('ROOT-E07', 'a block is damaged');
}
