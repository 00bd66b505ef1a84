import { verifyStore } from '@fasthep/flow';
import { fileStore } from '@fasthep/flow/node';
import { type CliContext, EXIT, print, printJson, say } from '../../terminal/context.ts';
import { bytes } from '../../terminal/units.ts';
import { type CacheFlags, storeFolder } from './folder.ts';

/** `cache verify`: exits with 1 where something was damaged. */
export default async function verify(this: CliContext, flags: CacheFlags): Promise<void> {
  const folder = storeFolder(this, flags);
  const store = fileStore(folder, {
    onCorrupt: ({ key, path, reason }) => say(this, `${key.slice(0, 12)}… in ${path}: ${reason}`),
  });
  const found = await verifyStore(store);
  if (flags.json) printJson(this, { store: folder, ...found });
  else {
    const damaged =
      found.corrupt.length > 0
        ? `${found.corrupt.length} damaged and dropped: they are made again when needed`
        : 'none damaged';
    print(this, `${folder}: ${found.entries} results, ${bytes(found.bytes)}, ${damaged}`);
  }
  if (found.corrupt.length > 0) this.process.exitCode = EXIT.failed;
}
