import { type CliContext, print, printJson } from '../terminal/context.ts';
import { toConfig, toGraph } from '../workflow/stages.ts';
import { split, type WorkflowFlags } from '../workflow/words.ts';

type Flags = WorkflowFlags & {
  format?: 'text' | 'dot' | 'mermaid' | 'svg' | 'json';
};

/** `graph FILE [OVERRIDE...]` */
export default async function graph(this: CliContext, flags: Flags, ...words: string[]): Promise<void> {
  const { file, keys, overrides } = split(words, flags);
  const { graph: made } = await toGraph(await toConfig(this, file, [...overrides, ...keys], flags));
  if (flags.json || flags.format === 'json') {
    printJson(this, made);
    return;
  }
  const { graphDot, graphMermaid, graphSvg, graphText } = await import('@fasthep/render/graph');
  const write = { text: graphText, dot: graphDot, mermaid: graphMermaid, svg: graphSvg }[
    flags.format ?? 'text'
  ];
  print(this, write(made).trimEnd());
}
