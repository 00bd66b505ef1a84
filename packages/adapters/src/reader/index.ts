export { reader } from './reader.ts';
export type { EventReader, EventView, EventWriter, ListView, ReaderClass, ReaderObject } from './types.ts';
