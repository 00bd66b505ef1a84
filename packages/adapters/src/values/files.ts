import type { NamedValue, PublishedFile, Registry } from '@fasthep/flow';
import { AdaptError } from '../error.ts';

/** What a user calls an input: rows go by the name of their task. */
export const inputName = ({ name, type }: NamedValue) =>
  type === 'table' ? name.replace(/_rows$/, '') : name;

/** Products as files for another program: in every format that their types have, called after them. */
export async function inputFiles(
  inputs: readonly NamedValue[],
  registry: Registry,
): Promise<PublishedFile[]> {
  const files: PublishedFile[] = [];
  for (const input of inputs) {
    const { type, value } = input;
    const name = inputName(input);
    const made = await registry.type(type)?.files?.(value);
    if (!made) throw new AdaptError('adapt.input', `'${name}' is ${type}, which makes no files`);
    for (const file of made) {
      const called = file.name.startsWith('.') ? `${name}${file.name}` : file.name.replaceAll('{task}', name);
      files.push({ name: called, bytes: file.bytes });
    }
  }
  return files;
}
