import { RootError } from '../error/error.ts';

/** A WebAssembly module of wasm/: functions over one buffer that holds what goes in and what comes out. */
export interface Machine {
  readonly memory: { readonly buffer: ArrayBuffer };
  reserve(size: number): number;
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
  const machine = instance.exports as T & { _initialize?: () => void };
  machine._initialize?.();
  return machine;
}

/** Puts bytes into the buffer of a machine, with room for `extra` bytes behind, which begin at `free`. */
export function place(machine: Machine, bytes: Uint8Array, extra: number): { at: number; free: number } {
  const room = (bytes.length + 15) & ~15;
  // Decoders may copy a few bytes too many inside of their room.
  const at = machine.reserve(room + extra + 64);
  if (at === 0) throw new RootError('ROOT-E09', `there is no memory for ${extra} bytes`);
  new Uint8Array(machine.memory.buffer, at, bytes.length).set(bytes);
  return { at, free: at + room };
}
