import type { ByteSource, FileFormat } from '@fasthep/columns';
import { didYouMean } from '@fasthep/expression';
import type { Registry } from '@fasthep/flow';
import { DataError } from '../error.ts';

/** The file formats that packs brought. */
export function formatsOf(registry: Registry): FileFormat[] {
  return registry.all('formats').map((entry) => entry.item as FileFormat);
}

/**
 * The format of a file: by name where one is asked for, else by the ending of its path, else by its first bytes.
 * Throws `data.format-unknown`.
 */
export async function formatOf(
  path: string,
  source: ByteSource,
  registry: Registry,
  name?: string,
): Promise<FileFormat> {
  const formats = formatsOf(registry);
  const names = formats.map((format) => format.name);
  if (name !== undefined) {
    const named = formats.find((format) => format.name === name.toLowerCase());
    if (named) return named;
    const help = didYouMean(name, names) ?? `the formats are ${names.join(', ')}`;
    throw new DataError('data.format-unknown', `there is no file format '${name}'`, help);
  }
  const ending = /\.([^./\\?#]+)(?:[?#].*)?$/.exec(path)?.[1]?.toLowerCase();
  const byEnding = formats.find(
    (format) => ending !== undefined && format.extensions.some((one) => one.replace(/^\./, '') === ending),
  );
  if (byEnding) return byEnding;
  const head = await source.read(0, Math.min(64, source.size));
  const byContent = formats.find((format) => format.matches?.(head));
  if (byContent) return byContent;
  const known = formats.flatMap((format) => format.extensions.map((one) => `.${one.replace(/^\./, '')}`));
  throw new DataError(
    'data.format-unknown',
    `${path} is of no known file format`,
    known.length > 0
      ? `known endings are ${known.join(' ')}; say format: for a file without one`
      : 'no pack with file formats is loaded',
  );
}
