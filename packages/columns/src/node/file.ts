import { type FileHandle, open } from 'node:fs/promises';
import { ColumnsError } from '../error.ts';
import { checkRange } from '../source/range.ts';
import type { ByteSource } from '../source/types.ts';

/** Opens a local file for positioned reads. Throws `source.missing`, `source.open`, `source.read`. */
export async function fileSource(path: string): Promise<ByteSource> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    throw openFailure(path, error as NodeJS.ErrnoException);
  }
  const state = await handle.stat();
  if (!state.isFile()) {
    await handle.close();
    const what = state.isDirectory() ? 'a folder' : 'no ordinary file';
    throw new ColumnsError('source.open', `${path} is ${what}`, 'name a file');
  }
  const source: ByteSource = {
    name: path,
    size: state.size,
    async read(start, stop, signal) {
      signal?.throwIfAborted();
      checkRange(source, start, stop);
      const bytes = new Uint8Array(stop - start);
      let done = 0;
      while (done < bytes.length) {
        const { bytesRead } = await handle.read(bytes, done, bytes.length - done, start + done);
        if (bytesRead === 0)
          throw new ColumnsError(
            'source.read',
            `${path} ends at byte ${start + done}, and had ${source.size} bytes when it was opened`,
            'another program changed the file: run again',
          );
        done += bytesRead;
      }
      return bytes;
    },
    close: () => handle.close(),
  };
  return source;
}

function openFailure(path: string, error: NodeJS.ErrnoException): ColumnsError {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR')
    return new ColumnsError('source.missing', `no such file: ${path}`, 'check the path', error);
  if (error.code === 'EACCES' || error.code === 'EPERM')
    return new ColumnsError('source.open', `${path} may not be read by you`, 'check its permissions', error);
  return new ColumnsError('source.open', `${path} cannot be opened: ${error.message}`, undefined, error);
}
