export { coffeaExporter } from './coffea/index.ts';
export { AdaptError } from './error.ts';
export { adaptPlugin, adaptPlugin as default } from './plugin.ts';
export { adaptRuntime } from './python/runtime.ts';
export {
  type EventReader,
  type EventView,
  type EventWriter,
  type ListView,
  type ReaderClass,
  type ReaderObject,
  reader,
} from './reader/index.ts';
