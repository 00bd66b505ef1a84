import { RootError } from '../error/error.ts';

/** Functions of wasm/buffer.h and wasm/numbers.h, which every module has. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** At least as many bytes, in the same place until more are asked for; 0 when there is no memory. */
  reserve(size: number): number;
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

/** A WebAssembly module of wasm/: functions over one buffer that holds what goes in and what comes out. */
export interface Machine extends Exports {
  /** All of its memory; `refresh` renews it when the memory has grown. */
  bytes: Uint8Array;
  /** The same as numbers. */
  ints: Int32Array;
  view: DataView;
}

interface Engine {
  instantiate(bytes: Uint8Array): Promise<{ instance: { exports: unknown } }>;
}
const engine = (globalThis as unknown as { WebAssembly?: Engine }).WebAssembly;
const decode = (globalThis as unknown as { atob(text: string): string }).atob;

/** Compiles a module out of its text. */
export async function machineOf<T extends Machine>(base64: string): Promise<T> {
  if (!engine) throw new RootError('ROOT-E06', 'decompression needs WebAssembly, which is not here');
  const text = decode(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const { instance } = await engine.instantiate(bytes);
  const exports = instance.exports as T & { _initialize?: () => void };
  exports._initialize?.();
  const machine = { ...exports };
  renew(machine);
  return machine;
}

/** Looks at the memory anew if it has moved: every call may make it grow. */
export function refresh(machine: Machine): void {
  if (machine.bytes.buffer !== machine.memory.buffer) renew(machine);
}

function renew(machine: Machine): void {
  const { buffer } = machine.memory;
  machine.bytes = new Uint8Array(buffer);
  machine.ints = new Int32Array(buffer);
  machine.view = new DataView(buffer);
}

/** Puts bytes into the buffer of a machine, with room for `extra` bytes behind, which begin at `free`. */
export function place(machine: Machine, bytes: Uint8Array, extra: number): { at: number; free: number } {
  const room = (bytes.length + 15) & ~15;
  // Decoders may copy a few bytes too many inside of their room.
  const at = machine.reserve(room + extra + 64);
  if (at === 0) throw new RootError('ROOT-E09', `there is no memory for ${extra} bytes`);
  refresh(machine);
  machine.bytes.set(bytes, at);
  return { at, free: at + room };
}
