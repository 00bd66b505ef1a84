import { type Machine, machineOf, place } from './machine.ts';
import { fast } from './wasm/fast.ts';

/** Unpacks `length` bytes at `from` to `size` bytes at `to`; 0 when all went well (see `checkAnswer`). */
export type Call = (from: number, length: number, to: number, size: number) => number;

/** Functions of wasm/fast.c. */
export interface Fast extends Machine {
  zlib: Call;
  deflate: Call;
  lz4: Call;
  xxh3(from: number, length: number): bigint;
}

let machine: Promise<Fast> | undefined;

/** The machine for zlib, deflate, LZ4, checksums and byte order. */
export function fastMachine(): Promise<Fast> {
  machine ??= machineOf<Fast>(fast);
  return machine;
}

/** XXH3 of some bytes. */
export function xxh3(machine: Fast, bytes: Uint8Array): bigint {
  const { at } = place(machine, bytes, 0);
  return BigInt.asUintN(64, machine.xxh3(at, bytes.length));
}
