import { FlowError, memoryStore, type Registry, type Store, suggest } from '@fasthep/flow';
import { type FileStoreOptions, fileStore } from '@fasthep/flow/node';

/** Opens the store of an address: `file:/folder`, `memory:`, or one that a pack knows. */
export async function openStore(
  address: string,
  registry: Registry,
  options: FileStoreOptions = {},
): Promise<Store> {
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*):(.*)$/i.exec(address) ?? [undefined, 'file', address];
  if (scheme === 'file') return fileStore(rest!.replace(/^\/\/(?=\/)/, ''), options);
  if (scheme === 'memory') return memoryStore();
  const kinds = registry.all('stores').map(({ item }) => item);
  const kind = kinds.find((one) => one.scheme === scheme);
  if (kind) return kind.open(address, {});
  const known = ['file', 'memory', ...kinds.map((one) => one.scheme)];
  throw new FlowError(
    'FLOW-R009',
    `no pack knows stores of the kind '${scheme}:'`,
    suggest(scheme!, known, 'known'),
  );
}
