import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { holders } from './hold.ts';
import { freshName, indexLine, inStore, type Place, parsePlace } from './layout.ts';
import { openShard } from './shard.ts';

/** What to keep. Without either, only what nothing refers to goes. */
export interface GcOptions {
  /** Milliseconds since the last use. */
  maxAge?: number;
  /** Bytes in all; what was used last stays. */
  maxBytes?: number;
  /** Say only what would go. */
  dryRun?: boolean;
  /** Also while runs use the store: what they miss they make again. */
  force?: boolean;
  /** For tests. */
  now?: number;
}

/** What was, or would be, removed. */
export interface GcResult {
  removed: number;
  freed: number;
  kept: number;
  bytes: number;
  /** Runs that use the store, for which everything was left as it is. */
  holders: number;
}

/** A file that nothing refers to may be named in the index in a moment. */
const GRACE = 3600_000;

/** Removes what is old from the file store in `dir`. Takes nothing while a run may still read from it. */
export function gcFileStore(dir: string, options: GcOptions = {}): GcResult {
  const root = resolve(dir);
  const now = options.now ?? Date.now();
  const containers = new Map<string, { size: number; used: number; entries: [string, Place][] }>();
  for (const name of [...files(root, 'packs'), ...files(root, 'objects')]) {
    const stat = statSync(inStore(root, name));
    containers.set(name, { size: stat.size, used: stat.mtimeMs, entries: [] });
  }
  const shards = names(inStore(root, 'index')).filter((name) => name.endsWith('.log'));
  for (const name of shards) {
    const shard = openShard(inStore(root, 'index', name));
    shard.refresh();
    for (const [key, rest] of shard.entries()) {
      const place = parsePlace(rest);
      if (place) containers.get(place.container)?.entries.push([key, place]);
    }
  }

  const total = [...containers.values()].reduce((sum, { size }) => sum + size, 0);
  const entries = [...containers.values()].reduce((sum, container) => sum + container.entries.length, 0);
  const going = chosen(containers, total, now, options);
  const freed = [...going].reduce((sum, name) => sum + containers.get(name)!.size, 0);
  const removed = [...going].reduce((sum, name) => sum + containers.get(name)!.entries.length, 0);
  const held = holders(root);
  if (held > 0 && !options.force) return { removed: 0, freed: 0, kept: entries, bytes: total, holders: held };
  if (!options.dryRun) {
    for (const name of shards) compact(inStore(root, 'index', name), going);
    for (const name of going) rmSync(inStore(root, name), { force: true });
    for (const name of names(inStore(root, 'tmp'))) {
      const path = inStore(root, 'tmp', name);
      if (now - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now) > 24 * GRACE)
        rmSync(path, { force: true });
    }
  }
  return { removed, freed, kept: entries - removed, bytes: total - freed, holders: held };
}

function chosen(
  containers: ReadonlyMap<string, { size: number; used: number; entries: unknown[] }>,
  total: number,
  now: number,
  { maxAge = Number.POSITIVE_INFINITY, maxBytes = Number.POSITIVE_INFINITY }: GcOptions,
): Set<string> {
  const going = new Set<string>();
  let left = total;
  const oldest = [...containers].sort(([a, x], [b, y]) => x.used - y.used || (a < b ? -1 : 1));
  for (const [name, { size, used, entries }] of oldest) {
    const orphan = entries.length === 0 && now - used > GRACE;
    if (orphan || now - used > maxAge || left > maxBytes) {
      going.add(name);
      left -= size;
    }
  }
  return going;
}

/** Writes a shard anew with what stays. Lines that another process appends meanwhile are taken along. */
function compact(path: string, going: ReadonlySet<string>): void {
  const before = readFileSync(path);
  const shard = openShard(path);
  shard.refresh();
  const lines: string[] = [];
  for (const [key, rest] of shard.entries()) {
    const place = parsePlace(rest);
    if (place && !going.has(place.container)) lines.push(indexLine(key, place));
  }
  const temporary = `${path}.${freshName()}`;
  const late = readFileSync(path).subarray(before.length);
  writeFileSync(
    temporary,
    Buffer.concat([Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1'), late]),
  );
  renameSync(temporary, path);
}

function files(root: string, kind: string): string[] {
  return names(inStore(root, kind)).flatMap((folder) =>
    names(inStore(root, kind, folder)).map((name) => `${kind}/${folder}/${name}`),
  );
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
