import { fileStore } from '@fasthep/flow/node';
import { type CliContext, print, printJson } from '../../terminal/context.ts';
import { bytes } from '../../terminal/units.ts';
import { type CacheFlags, storeFolder } from './folder.ts';

/** `cache ls` */
export default async function ls(this: CliContext, flags: CacheFlags): Promise<void> {
  const folder = storeFolder(this, flags);
  let [entries, size, oldest] = [0, 0, Number.POSITIVE_INFINITY];
  for await (const entry of fileStore(folder).list()) {
    entries++;
    size += entry.size;
    oldest = Math.min(oldest, entry.used ?? oldest);
  }
  if (flags.json) printJson(this, { store: folder, entries, bytes: size });
  else {
    const since =
      entries > 0
        ? `, not used for longest since ${new Date(oldest).toISOString().slice(0, 16).replace('T', ' ')}`
        : '';
    print(this, `${folder}: ${entries} results, ${bytes(size)}${since}`);
  }
}
