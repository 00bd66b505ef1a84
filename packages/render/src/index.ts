/**
 * What planning needs: the operators of the pack. Everything that draws is loaded when it runs, and can be
 * imported by itself: `@fasthep/render/figures`, `/tables`, `/graph`, `/report`.
 */
export { RenderError } from './error.ts';
export { STYLE_SCHEMA } from './plot/style.ts';
export type { AxisArgument, EntryStyle, PlotArguments, Style } from './plot/types.ts';
export { renderPlugin, renderPlugin as default } from './plugin.ts';
