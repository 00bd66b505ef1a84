import type { Column } from '@fasthep/columns';
import { ready } from '../codec/unpack.ts';
import { RootError, within, withinAsync } from '../error/error.ts';
import { decodeStreamed } from '../sink/decode.ts';
import type { Streamers } from '../streamer/types.ts';
import { type Basket, type BasketHeader, embeddedBasket, readBasket, readBasketHeader } from './basket.ts';
import { decodeFlat, decodeJagged, decodeStruct, decodeText, diskWidth } from './decode.ts';
import type { PackedBasket } from './fused.ts';
import type { Interpretation } from './interpretation.ts';
import type { BasketPlan } from './plan.ts';
import { offsetsFromLengths, slicesOf } from './slices.ts';
import type { Branch } from './types.ts';

/** Where a branch lies, for messages. */
export interface BranchPlace {
  file: string;
  object: string;
  column: string;
}

/** Lengths of the rows `[start, stop)`, by the counter of a branch. */
export type Lengths = (start: number, stop: number) => Promise<Int32Array>;

/** Decodes the rows `[start, stop)` of a branch out of its baskets. */
export async function decodeBranch(
  branch: Branch,
  interpretation: Exclude<Interpretation, { how: 'unreadable' | 'group' }>,
  streamers: Streamers,
  plans: readonly BasketPlan[],
  bytes: readonly Uint8Array[],
  [start, stop]: readonly [number, number],
  lengths: Lengths | undefined,
  place: BranchPlace,
): Promise<Column> {
  const packed = plans.map((plan, i) =>
    within({ ...place, offset: plan.range[0] }, () => packedBasket(bytes[i]!, plan)),
  );
  await withinAsync(place, () => ready(packed.map(compressed)));
  const variable = isVariable(interpretation);
  const baskets = packed.map(({ bytes: raw, header, row }) =>
    within({ ...place, offset: header.seek }, () => readBasket(raw, header, row, variable)),
  );
  within(place, () => addEmbedded(branch, baskets, start, stop));
  await giveOffsets(interpretation, baskets, lengths);
  const needsLengths = interpretation.how === 'streamed' && interpretation.many;
  const counts = needsLengths ? await lengths?.(start, stop) : undefined;
  return within(place, () => {
    const slices = slicesOf(baskets, start, stop);
    const rows = stop - start;
    switch (interpretation.how) {
      case 'flat':
        return decodeFlat(interpretation, slices, rows);
      case 'jagged':
        return decodeJagged(interpretation, slices, rows);
      case 'struct':
        return decodeStruct(interpretation, slices, rows);
      case 'text':
        return decodeText(slices, rows);
      case 'streamed':
        return decodeStreamed(interpretation, streamers, slices, counts);
    }
  });
}

/** A basket with its header, which must say what the tree says. */
export function packedBasket(bytes: Uint8Array, plan: BasketPlan): PackedBasket {
  return { bytes, header: checkedHeader(bytes, plan), row: plan.row };
}

/** The part of a basket that its codec unpacks. */
export function compressed({ bytes, header }: PackedBasket): { bytes: Uint8Array; size: number } {
  return { bytes: bytes.subarray(header.keylen, header.nbytes), size: header.objlen };
}

function checkedHeader(bytes: Uint8Array, plan: BasketPlan): BasketHeader {
  const header = readBasketHeader(bytes);
  if (header.entries !== plan.rows)
    throw new RootError(
      'ROOT-E03',
      `basket ${plan.index} has ${header.entries} rows where the tree says ${plan.rows}`,
    );
  if (header.seek !== plan.range[0])
    throw new RootError('ROOT-E03', `basket ${plan.index} says that it lies at byte ${header.seek}`);
  if (header.nbytes > bytes.length)
    throw new RootError(
      'ROOT-E03',
      `basket ${plan.index} has ${header.nbytes} bytes where the tree says ${bytes.length}`,
    );
  return header;
}

function isVariable(interpretation: Interpretation): boolean {
  return interpretation.how !== 'flat' && interpretation.how !== 'struct';
}

function addEmbedded(branch: Branch, baskets: Basket[], start: number, stop: number): void {
  for (const basket of branch.embedded)
    if (basket.row < stop && basket.row + basket.entries > start)
      baskets.push(embeddedBasket(basket, basket.row));
  baskets.sort((a, b) => a.start - b.start);
}

/** Jagged baskets without offsets get them from their counter. */
async function giveOffsets(
  interpretation: Interpretation,
  baskets: readonly Basket[],
  lengths: Lengths | undefined,
): Promise<void> {
  if (interpretation.how !== 'jagged') return;
  const width = interpretation.dims.reduce((a, b) => a * b, diskWidth(interpretation.item));
  for (const basket of baskets) {
    if (basket.offsets) continue;
    if (!lengths || interpretation.skip !== 0) {
      if (basket.entries === 0 || basket.data.length === 0)
        basket.offsets = new Int32Array(basket.entries + 1);
      // Any single row has all the bytes.
      else if (basket.entries === 1) basket.offsets = Int32Array.of(0, basket.data.length);
      continue;
    }
    offsetsFromLengths(basket, await lengths(basket.start, basket.start + basket.entries), width);
  }
}
