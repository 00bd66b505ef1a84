import { describe, expect, it } from 'vitest';
import { exampleRun } from '../../gallery/run.ts';
import { renderReport } from './report.ts';

const run = exampleRun();
const page = renderReport(run);

/** Text of the page without markup. */
function plain(markup: string): string {
  return markup
    .replace(/<(script|style)[^>]*>.*?<\/\1>/gsu, ' ')
    .replace(/<[^>]*>/gu, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/gu, ' ');
}

describe('the report', () => {
  it('has all its parts', () => {
    const ids = [...page.matchAll(/<section id="(\w+)"/gu)].map((match) => match[1]);
    expect(ids).toEqual([
      'problems',
      'cutflow',
      'figures',
      'tables',
      'graph',
      'timings',
      'inputs',
      'config',
      'files',
      'provenance',
    ]);
    const text = plain(page);
    for (const part of [
      'dimuon ✓ done partial',
      '2026-03-01 14:05:09 UTC',
      '624 000 rows read',
      'flow.yaml',
      'dy_broken.root',
      'left out: not a ROOT file',
      'v22.12.0',
      '1f3c5e7a',
    ])
      expect(text).toContain(part);
  });

  it('shows where each value comes from, and what it beat', () => {
    expect(plain(page)).toContain('lumi 41500 command line: lumi=41500 over flow.yaml:6:7');
    expect(plain(page)).toContain('selection.pt 30 conf/tight.yaml:2:5');
    expect(plain(page)).toContain('selection.iso 0.1 flow.yaml:7:12');
  });

  it('shows a cutflow with its datasets side by side', () => {
    expect(plain(page)).toContain('two_muons 21 060 45.0 % 20.3 %');
  });

  it('asks nothing of the network, and holds no secret', () => {
    const markup = page.replaceAll('http://www.w3.org/2000/svg', '');
    expect(markup).not.toMatch(
      /(?:src|href)="(?!#|data:|\.\/[\w.-]+\.(?:svg|csv|json)")|url\((?!#)|@import|https?:/u,
    );
    expect(page).not.toContain('hunter2');
    expect(page).toContain("default-src 'none'");
  });

  it('never takes text for markup', () => {
    const evil = '</script><img src=x onerror=alert(1)>';
    const files = { ...run.files };
    files['events.jsonl'] +=
      `\n${JSON.stringify({ time: 1, type: 'log', level: 'warning', message: evil, task: evil })}`;
    files['config.json'] = JSON.stringify({ value: { [evil]: evil }, origins: {} });
    files['products.json'] = JSON.stringify([
      { name: evil, node: evil, port: '', type: 'table', files: ['evil.json'] },
    ]);
    files['evil.json'] = JSON.stringify([{ [evil]: evil }]);
    const graph = JSON.parse(files['graph.json']!);
    graph.nodes[0].args = { [evil]: evil };
    graph.nodes[0].id = evil;
    files['graph.json'] = JSON.stringify(graph);
    expect(renderReport({ text: (name) => files[name] })).not.toContain('<img src=x');
  });

  it('shows failures with their help, and nodes by outcome', () => {
    const failed = renderReport(exampleRun({ failed: true }));
    expect(plain(failed)).toContain("✗ figures plot.axis stack names 'proces'".replaceAll("'", '&#39;'));
    expect(failed).toMatch(/class="node whole failed" data-node="figures"/u);
    expect(failed).toMatch(/class="node row-wise done" data-node="mass"/u);
    expect(failed).toMatch(/class="node source done" data-node="events"/u);
    expect(failed).toMatch(/class="node whole reused" data-node="table"/u);
  });

  it('is made of what there is', () => {
    expect(plain(renderReport({ text: () => undefined }))).toContain('run interrupted');
    const cut = {
      ...run.files,
      'plan.json': '{"format":1,',
      'events.jsonl': run.files['events.jsonl']!.slice(0, -30),
      'products.json': '[]',
    };
    const text = plain(renderReport({ text: (name) => (cut as Record<string, string>)[name] }));
    expect(text).toContain('plan.json is not JSON');
  });

  it('stays below 5 MB with fifty figures', () => {
    expect(new TextEncoder().encode(renderReport(exampleRun({ figures: 50 }))).length).toBeLessThan(5e6);
  });

  it('draws every figure with both scales and its numbers', () => {
    const card = page.slice(
      page.indexOf('data-name="stack_log'),
      page.indexOf('</figure>', page.indexOf('data-name="stack_log')),
    );
    expect(card.match(/<svg /gu)).toHaveLength(2);
    expect(card).toContain('aria-pressed="true"');
    expect(JSON.parse(/<script type="application\/json">(.*?)<\/script>/su.exec(card)![1]!).y.log).toBe(true);
  });

  it('runs as a script without errors of syntax', () => {
    const script = /<script>(.*?)<\/script>/su.exec(page)![1]!;
    expect(() => new Function(script)).not.toThrow();
  });
});
