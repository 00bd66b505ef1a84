import { type Machine, machineOf, place } from './machine.ts';
import { fast } from './wasm/fast.ts';

/** Functions of wasm/fast.c. */
export interface Fast extends Machine {
  zlib(from: number, length: number, to: number, size: number): number;
  deflate(from: number, length: number, to: number, size: number): number;
  lz4(from: number, length: number, to: number, size: number): number;
  xxh3(from: number, length: number): bigint;
  swap16(at: number, count: number): void;
  swap32(at: number, count: number): void;
  swap64(at: number, count: number): void;
  offsets(
    from: number,
    to: number,
    count: number,
    keylen: number,
    border: number,
    shift: number,
    base: number,
  ): number;
}

let machine: Promise<Fast> | undefined;

/** The machine for zlib, deflate, LZ4, checksums and byte order. */
export function fastMachine(): Promise<Fast> {
  machine ??= machineOf<Fast>(fast);
  return machine;
}

/** XXH3 of some bytes. */
export function xxh3(fast: Fast, bytes: Uint8Array): bigint {
  const { at } = place(fast, bytes, 0);
  return BigInt.asUintN(64, fast.xxh3(at, bytes.length));
}
