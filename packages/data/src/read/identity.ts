import type { ByteSource, FileFormat } from '@fasthep/columns';
import type { FileFacts } from '@fasthep/flow';
import { DataError } from '../error.ts';
import { platformFiles } from '../node/files.ts';

/** Files whose content this process knows: path → state of the file and identity of what is in it. */
const known = new Map<string, { state: string; identity: string }>();

/** Path, size, time of change and number of a file in one text; undefined if there is no such file. */
export async function fileState(path: string): Promise<string | undefined> {
  const state = await platformFiles.stat(path);
  return state && `${state.size}:${state.stamp}`;
}

/** Notes what is in a file as it is now, so that `verify` need not look again. */
export function noteIdentity(path: string, state: string, identity: string): void {
  known.set(path, { state, identity });
}

/** Throws `data.file-changed` unless the file is the one that was surveyed. */
export async function verify(file: FileFacts, source: ByteSource, format: FileFormat): Promise<void> {
  const state = (await fileState(file.path)) ?? '';
  let found = known.get(file.path);
  if (found?.state !== state) {
    const identity = source.size === file.size ? (await format.contents(source)).identity : 'another size';
    found = { state, identity };
    known.set(file.path, found);
  }
  if (found.identity !== file.identity)
    throw new DataError(
      'data.file-changed',
      `${file.path} changed since it was surveyed`,
      'run again: the new content is then taken into account',
    );
}
