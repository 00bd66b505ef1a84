/** Back ends on existing engines. What they do is loaded when they are used. */
export { type BackendsOptions, backends, enginesPlugin } from './plugin.ts';
