import { RootError } from '../error/error.ts';
import { infoFor } from '../streamer/layout.ts';
import type { Streamers } from '../streamer/types.ts';
import { isPlain, numberOf, objectsOf, type Plain, textOf } from '../streamer/values.ts';
import type { Branch, ElementInfo, EmbeddedBasket, Friend, Leaf, Tree } from './types.ts';

/** Turns a TTree as it lies in the file into what is needed to read it. */
export function treeOf(plain: Plain, streamers: Streamers): Tree {
  let entries = count(plain, 'fEntries');
  const owners = new Map<Plain, string>();
  const all: Plain[] = [];
  collect(objectsOf(plain, 'fBranches'), all, owners, '');
  const branches = objectsOf(plain, 'fBranches').map((one) => branchOf(one, undefined, owners, streamers));
  // Trees that were filled branch by branch may never have been told how many rows they have.
  if (entries === 0) entries = commonEntries(branches);
  return {
    name: textOf(plain, 'fName') ?? '',
    title: textOf(plain, 'fTitle') ?? '',
    entries,
    branches,
    clusters: clustersOf(plain, entries, branches),
    aliases: Object.fromEntries(
      objectsOf(plain, 'fAliases').map((one) => [textOf(one, 'fName') ?? '', textOf(one, 'fTitle') ?? '']),
    ),
    friends: objectsOf(plain, 'fFriends').map(friendOf),
  };
}

function commonEntries(branches: readonly Branch[]): number {
  const [first, ...others] = branches.map((branch) => branch.entries);
  return first !== undefined && others.every((one) => one === first) ? first : 0;
}

const deepest = 100;

/** Notes of every leaf the path of its branch, since leaves name their counters by reference. */
function collect(
  branches: Plain[],
  all: Plain[],
  owners: Map<Plain, string>,
  prefix: string,
  depth = 0,
): void {
  if (depth > deepest) throw new RootError('ROOT-E09', 'branches are nested without end');
  for (const branch of branches) {
    if (branch['@unread'])
      throw new RootError(
        'ROOT-E06',
        `a branch of class ${branch['@class']} cannot be read: ${branch['@unread']}`,
      );
    all.push(branch);
    const path = `${prefix}${textOf(branch, 'fName') ?? ''}`;
    for (const leaf of objectsOf(branch, 'fLeaves')) owners.set(leaf, path);
    collect(objectsOf(branch, 'fBranches'), all, owners, `${path}/`, depth + 1);
  }
}

function branchOf(
  plain: Plain,
  parent: Branch | undefined,
  owners: Map<Plain, string>,
  streamers: Streamers,
): Branch {
  const name = textOf(plain, 'fName') ?? '';
  const written = Math.max(0, count(plain, 'fWriteBasket'));
  // In memory there may be a few baskets more than were written.
  const inside =
    isPlain(plain.fBaskets) && Array.isArray(plain.fBaskets.items) ? plain.fBaskets.items.length : 0;
  const basketEntry = listOf(plain, 'fBasketEntry', Math.max(written, inside) + 1);
  const branch: Branch = {
    name,
    path: parent ? `${parent.path}/${name}` : name,
    className: plain['@class'],
    title: textOf(plain, 'fTitle') ?? '',
    entries: count(plain, 'fEntries'),
    firstEntry: numberOf(plain, 'fFirstEntry') ?? 0,
    entryOffsetLen: numberOf(plain, 'fEntryOffsetLen') ?? 0,
    leaves: objectsOf(plain, 'fLeaves').map((leaf) => leafOf(leaf, owners)),
    branches: [],
    parent,
    basketEntry: basketEntry.slice(0, written + 1),
    basketSeek: listOf(plain, 'fBasketSeek', written),
    basketBytes: listOf(plain, 'fBasketBytes', written),
    embedded: [],
    element: elementOf(plain, streamers),
    fileName: textOf(plain, 'fFileName') ?? '',
    object:
      plain['@class'] === 'TBranchObject'
        ? {
            className: textOf(plain, 'fClassName') ?? '',
            named: objectsOf(plain, 'fLeaves').some((leaf) => leaf.fVirtual === true),
          }
        : undefined,
  };
  branch.embedded = embeddedOf(plain, branch, basketEntry);
  checkBaskets(branch, written);
  branch.branches = objectsOf(plain, 'fBranches').map((one) => branchOf(one, branch, owners, streamers));
  return branch;
}

function checkBaskets(branch: Branch, written: number): void {
  const { basketEntry, basketSeek, basketBytes } = branch;
  if (
    basketSeek.length < written ||
    basketBytes.length < written ||
    (written > 0 && basketEntry.length < written)
  )
    throw new RootError('ROOT-E03', `its ${written} baskets are not all listed`, { column: branch.path });
  if (basketEntry.length <= written) basketEntry[written] = branch.entries;
  for (let i = 0; i < written; i++)
    if (!(basketEntry[i]! <= basketEntry[i + 1]!) || basketEntry[i]! < 0)
      throw new RootError(
        'ROOT-E03',
        `basket ${i} starts at row ${basketEntry[i]}, the next at ${basketEntry[i + 1]}`,
        {
          column: branch.path,
        },
      );
}

function leafOf(plain: Plain, owners: Map<Plain, string>): Leaf {
  if (plain['@unread'])
    throw new RootError('ROOT-E06', `a leaf of class ${plain['@class']} cannot be read: ${plain['@unread']}`);
  const by = plain.fLeafCount;
  return {
    className: plain['@class'],
    name: textOf(plain, 'fName') ?? '',
    title: textOf(plain, 'fTitle') ?? '',
    len: numberOf(plain, 'fLen') ?? 1,
    lenType: numberOf(plain, 'fLenType') ?? 0,
    unsigned: plain.fIsUnsigned === true,
    type: numberOf(plain, 'fType') ?? -1,
    ...(isPlain(by) && { counter: { leaf: textOf(by, 'fName') ?? '', branch: owners.get(by) ?? '' } }),
  };
}

function elementOf(plain: Plain, streamers: Streamers): ElementInfo | undefined {
  const className = textOf(plain, 'fClassName');
  if (className === undefined || plain['@class'] === 'TBranchObject') return undefined;
  const parentName = textOf(plain, 'fParentName') ?? '';
  const version = numberOf(plain, 'fClassVersion') ?? 0;
  const checksum = (numberOf(plain, 'fCheckSum') ?? 0) >>> 0;
  const id = numberOf(plain, 'fID') ?? -1;
  const infos = streamers.get(className) ?? [];
  const info =
    infos.find((one) => one.checksum >>> 0 === checksum) ??
    infoFor(streamers, className, version) ??
    infos[0];
  const streamer = id >= 0 ? info?.elements[id] : undefined;
  return {
    className,
    parentName,
    clonesName: textOf(plain, 'fClonesName') ?? '',
    version,
    checksum,
    id,
    type: numberOf(plain, 'fType') ?? 0,
    streamerType: numberOf(plain, 'fStreamerType') ?? -1,
    ...(streamer && { streamer }),
  };
}

/** Baskets that were not written when the tree was lie in it; written ones may have left an empty shell. */
function embeddedOf(plain: Plain, branch: Branch, basketEntry: readonly number[]): EmbeddedBasket[] {
  const list = isPlain(plain.fBaskets) ? plain.fBaskets.items : undefined;
  if (!Array.isArray(list)) return [];
  return list.flatMap((one, index) => {
    if (!isPlain(one) || (branch.basketSeek[index] ?? 0) !== 0) return [];
    if (one['@unread'])
      throw new RootError('ROOT-E03', `a basket inside of the tree cannot be read: ${one['@unread']}`, {
        column: branch.path,
      });
    const basket = embeddedBasketOf(one, index, basketEntry[index] ?? 0);
    return basket ? [basket] : [];
  });
}

function embeddedBasketOf(plain: Plain, index: number, row: number): EmbeddedBasket | undefined {
  const { data, offsets } = plain;
  const entries = numberOf(plain, 'entries') ?? 0;
  if (!(data instanceof Uint8Array) || entries <= 0) return undefined;
  return {
    index,
    row,
    data,
    keylen: numberOf(plain, 'keylen') ?? 0,
    entries,
    last: numberOf(plain, 'last') ?? 0,
    offsets: offsets instanceof Int32Array ? offsets : undefined,
    generate: plain.generate === true,
  };
}

function friendOf(plain: Plain): Friend {
  const tree = textOf(plain, 'fTreeName') ?? '';
  return { alias: textOf(plain, 'fName') ?? tree, tree, file: textOf(plain, 'fTitle') ?? '' };
}

/**
 * First rows of the clusters: TTree's own ranges where it has them, else where all baskets of the branches
 * begin anew, which is what reading in parts wants.
 */
function clustersOf(plain: Plain, entries: number, branches: Branch[]): number[] {
  if (entries === 0) return [];
  const starts: number[] = [];
  const ends = listOf(plain, 'fClusterRangeEnd');
  const sizes = listOf(plain, 'fClusterSize');
  const auto = numberOf(plain, 'fAutoFlush') ?? 0;
  const most = 2_000_000;
  let at = 0;
  const fill = (end: number, size: number) => {
    if (size <= 0 || (end - at) / size > most) {
      if (at < end) starts.push(at);
    } else for (let row = at; row < end; row += size) starts.push(row);
    at = Math.max(at, end);
  };
  for (let i = 0; i < ends.length; i++) fill(Math.min(entries, ends[i]! + 1), sizes[i] ?? 0);
  if (at < entries && auto > 0) fill(entries, auto);
  if (starts.length > 0 && at >= entries) return starts;
  return commonStarts(branches, entries);
}

function commonStarts(branches: Branch[], entries: number): number[] {
  let common: number[] | undefined;
  const visit = (branch: Branch) => {
    if (branch.basketEntry.length > 1) {
      const own = branch.basketEntry;
      const before = common;
      if (!before) common = own.filter((row) => row < entries);
      // Most branches begin their baskets alike.
      else if (before.some((row, i) => own[i] !== row)) {
        const set = new Set(own);
        common = before.filter((row) => set.has(row));
      }
    }
    branch.branches.forEach(visit);
  };
  branches.forEach(visit);
  return [...new Set([0, ...(common ?? [])])].sort((a, b) => a - b);
}

function count(plain: Plain, member: string): number {
  const value = numberOf(plain, member);
  if (value === undefined || !Number.isSafeInteger(value) || value < 0)
    throw new RootError('ROOT-E03', `${member} of ${plain['@class']} is ${value ?? 'not there'}`);
  return value;
}

function listOf(plain: Plain, member: string, most = Number.POSITIVE_INFINITY): number[] {
  const value = plain[member];
  if (value instanceof BigInt64Array || value instanceof BigUint64Array)
    return Array.from(value.subarray(0, Math.min(most, value.length)), Number);
  return ArrayBuffer.isView(value)
    ? Array.from((value as Int32Array).subarray(0, Math.min(most, value.byteLength)))
    : [];
}
