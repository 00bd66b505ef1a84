import { FlowError, milliseconds, parseBytes } from '@fasthep/flow';
import { gcFileStore } from '@fasthep/flow/node';
import { type CliContext, print, printJson } from '../../terminal/context.ts';
import { bytes } from '../../terminal/units.ts';
import { type CacheFlags, storeFolder } from './folder.ts';

type Flags = CacheFlags & {
  olderThan?: string;
  maxSize?: string;
  dryRun?: boolean;
  force?: boolean;
};

/** `cache gc` */
export default async function gc(this: CliContext, flags: Flags): Promise<void> {
  const maxAge = flags.olderThan === undefined ? undefined : milliseconds(flags.olderThan);
  const maxBytes = flags.maxSize === undefined ? undefined : parseBytes(flags.maxSize);
  if (flags.olderThan !== undefined && maxAge === undefined) {
    throw new FlowError('FLOW-K006', `'${flags.olderThan}' is no duration`, "write '30d' or '12h'");
  }
  if (flags.maxSize !== undefined && maxBytes === undefined) {
    throw new FlowError('FLOW-K006', `'${flags.maxSize}' is no size`, "write '10GB' or '500MB'");
  }
  const folder = storeFolder(this, flags);
  const result = gcFileStore(folder, { maxAge, maxBytes, dryRun: flags.dryRun, force: flags.force });
  if (flags.json) printJson(this, { store: folder, ...result });
  else if (result.holders > 0 && !flags.force) {
    print(
      this,
      `${folder} is in use by ${result.holders} ${result.holders === 1 ? 'run' : 'runs'}: nothing was removed`,
    );
  } else {
    const verb = flags.dryRun ? 'would be removed' : 'removed';
    print(
      this,
      `${result.removed} results ${verb} (${bytes(result.freed)}), ${result.kept} kept (${bytes(result.bytes)})`,
    );
  }
}
