/** Draws the gallery: `npx tsx --conditions=source packages/render/gallery/make.ts DIR`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawFigure } from '../src/draw/figure.ts';
import { graphSvg } from '../src/graph/svg.ts';
import { renderReport } from '../src/report/report.ts';
import { cases } from './cases.ts';
import { largeGraph } from './graphs.ts';
import { exampleRun } from './run.ts';

const directory = process.argv[2] ?? 'gallery';
mkdirSync(directory, { recursive: true });
let page =
  '<!doctype html><meta charset="utf-8"><body style="display:flex;flex-wrap:wrap;gap:6px;background:#ddd;margin:6px;font:12px sans-serif">';
for (const { name, figure } of cases()) {
  const svg = drawFigure(figure);
  writeFileSync(join(directory, `${name}.svg`), svg);
  page += `<div>${name}<br>${svg}</div>`;
}
writeFileSync(join(directory, 'index.html'), page);
writeFileSync(join(directory, 'graph.svg'), graphSvg(largeGraph()));
writeFileSync(join(directory, 'report.html'), renderReport(exampleRun()));
