import { checkAnswer } from './failure.ts';
import { type Call, fastMachine } from './fast.ts';
import { type Machine, machineOf, place, refresh } from './machine.ts';
import type { CodecTag, Decoder } from './types.ts';

/** Makes a decoder, when the first block of its codec is met. */
export type Loader = () => Promise<Decoder>;

/** A decoder for each codec, by tag. Replace one to bring your own. */
export const decoders: Record<CodecTag, Loader> = {
  ZL: async () => {
    const machine = await fastMachine();
    return calling(machine, machine.zlib);
  },
  CS: async () => {
    const machine = await fastMachine();
    return calling(machine, machine.deflate);
  },
  L4: async () => {
    const machine = await fastMachine();
    return calling(machine, machine.lz4);
  },
  ZS: async () => {
    const { zstd } = await import('./wasm/zstd.ts');
    const machine = await machineOf<Machine & { zstd: Call }>(zstd);
    return calling(machine, machine.zstd);
  },
  XZ: async () => {
    const { xz } = await import('./wasm/xz.ts');
    const machine = await machineOf<Machine & { xz: Call }>(xz);
    return calling(machine, machine.xz);
  },
};

/** The result lies in the machine until its next call. */
function calling(machine: Machine, call: Call): Decoder {
  const decoder: Decoder = (block, size) => {
    const { at, free } = place(machine, block, size);
    checkAnswer(call(at, block.length, free, size));
    refresh(machine);
    return machine.bytes.subarray(free, free + size);
  };
  decoder.inside = { machine, call };
  return decoder;
}
