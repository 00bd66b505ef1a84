export { type GraphLayout, layoutGraph } from './layout.ts';
export { graphSvg, OUTCOMES } from './svg.ts';
export { graphDot, graphMermaid, graphText } from './text.ts';
export { edgesOf, type GraphNotes } from './types.ts';
