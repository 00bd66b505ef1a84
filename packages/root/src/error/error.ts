import type { Place, RootErrorCode } from './types.ts';

/** The only error that this package throws for what lies in a file. */
export class RootError extends Error {
  readonly code: RootErrorCode;
  /** The bare statement, without the place. */
  readonly problem: string;
  readonly help: string | undefined;
  readonly place: Place;

  constructor(code: RootErrorCode, problem: string, place: Place = {}, help?: string) {
    super(`${describePlace(place)}${problem}`);
    this.name = 'RootError';
    this.code = code;
    this.problem = problem;
    this.help = help;
    this.place = place;
  }
}

function describePlace({ file, object, column, offset }: Place): string {
  const parts: string[] = [];
  if (file !== undefined) parts.push(file);
  if (object !== undefined) parts.push(`object '${object}'`);
  if (column !== undefined) parts.push(`column '${column}'`);
  if (offset !== undefined) parts.push(`at byte ${offset}`);
  return parts.length > 0 ? `${parts.join(', ')}: ` : '';
}

/** The same error with more of its place known; what is known already stays. */
export function located(error: unknown, place: Place): RootError {
  if (error instanceof RootError)
    return new RootError(error.code, error.problem, { ...place, ...defined(error.place) }, error.help);
  if (error instanceof RangeError) {
    const deep = error.message.includes('call stack');
    return deep
      ? new RootError('ROOT-E09', 'objects are nested without end', place)
      : new RootError('ROOT-E02', 'a structure is longer than the bytes that hold it', place);
  }
  // A decoder that left its memory.
  if (error instanceof Error && error.name === 'RuntimeError')
    return new RootError('ROOT-E07', 'a block is damaged', place);
  throw error;
}

function defined(place: Place): Place {
  return Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined));
}

/** Runs `work`; whatever it finds wrong with the bytes becomes a `RootError` with this place. */
export function within<T>(place: Place, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw located(error, place);
  }
}

/** As `within`, for work that waits. */
export async function withinAsync<T>(place: Place, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw located(error, place);
  }
}
