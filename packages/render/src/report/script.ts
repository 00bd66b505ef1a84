/** What the page does: tooltips, log scales, saving, the graph's details, the search. Everything can be read without it. */
export const SCRIPT = `
'use strict';
(() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const tip = $('#tip');
  const showTip = (text, x, y) => {
    tip.textContent = text;
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    tip.style.left = Math.max(4, x + 14 + box.width > innerWidth ? x - box.width - 10 : x + 14) + 'px';
    tip.style.top = Math.max(4, Math.min(y + 14, innerHeight - box.height - 4)) + 'px';
  };
  const hideTip = () => { tip.hidden = true; };
  // The browser's own tooltips would come on top: their texts move to ours.
  const tipOf = (element) => {
    const title = element.querySelector(':scope > title');
    if (title) { element.dataset.tip = title.textContent; element.setAttribute('aria-label', title.textContent); title.remove(); }
    return element.dataset.tip;
  };
  const numbers = new WeakMap();
  const figureOf = (card) => {
    if (!numbers.has(card)) numbers.set(card, JSON.parse($('script[type="application/json"]', card).textContent));
    return numbers.get(card);
  };
  const show = (value) => value === null || value === undefined ? '–' : Math.abs(value) >= 1e6 || (value && Math.abs(value) < 1e-3) ? value.toExponential(3) : String(Number(value.toPrecision(5)));
  const binOf = (places, at) => { for (let i = 0; i + 1 < places.length; i++) if ((at - places[i]) * (at - places[i + 1]) <= 0) return i; return -1; };
  const mapTip = (cells, event) => {
    const card = cells.closest('figure');
    const figure = figureOf(card);
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(cells.getScreenCTM().inverse());
    const i = binOf(cells.dataset.x.split(' ').map(Number), point.x);
    const j = binOf(cells.dataset.y.split(' ').map(Number), point.y);
    if (i < 0 || j < 0) return undefined;
    const labels = JSON.parse(cells.dataset.labels);
    const name = (label, axis, bin) => label + ': ' + (axis.categories ? axis.categories[bin] : show(axis.edges[bin]) + ' … ' + show(axis.edges[bin + 1]));
    const value = figure.map.cells[i][j];
    const variance = figure.map.variances ? figure.map.variances[i][j] : null;
    return name(labels[0], figure.x, i) + '\\n' + name(labels[1], figure.y, j) + '\\n' + labels[2] + ': ' + show(value) + (variance ? ' ± ' + show(Math.sqrt(variance)) : '');
  };
  document.addEventListener('pointermove', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const bin = target && target.closest('.hover > *, .graph .node, .graph .edge');
    if (bin) { const text = tipOf(bin); if (text) return showTip(text, event.clientX, event.clientY); }
    const plot = target && target.closest('.plot');
    const cells = plot && $$('g.cells', plot).find((one) => !one.closest('[hidden]'));
    const text = cells && mapTip(cells, event);
    if (text) showTip(text, event.clientX, event.clientY); else hideTip();
  });
  document.addEventListener('scroll', hideTip, true);
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') hideTip(); });

  const save = (name, type, text) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const svgText = (svg, size) => {
    const copy = svg.cloneNode(true);
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    copy.removeAttribute('style');
    const box = copy.getAttribute('viewBox').split(' ');
    copy.setAttribute('width', box[2]);
    copy.setAttribute('height', box[3]);
    return copy.outerHTML;
  };
  for (const card of $$('figure.card')) {
    const file = (card.dataset.name || 'figure').split('/').pop();
    const button = $('button.log', card);
    if (button) button.addEventListener('click', () => {
      for (const variant of $$('.variant', card)) variant.hidden = !variant.hidden;
      button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'));
    });
    for (const get of $$('button.get', card)) get.addEventListener('click', () => {
      if (get.dataset.kind === 'json') save(file + '.json', 'application/json', JSON.stringify(figureOf(card), null, 1));
      else save(file + '.svg', 'image/svg+xml', svgText($('.variant:not([hidden]) svg', card)));
    });
  }

  const view = $('#graph-view');
  if (view) {
    const svg = $('svg', view);
    const details = JSON.parse($('#graph-data').textContent);
    const side = $('#graph-side');
    const choose = (id) => {
      for (const node of $$('.node', svg)) node.classList.toggle('chosen', node.dataset.node === id);
      svg.classList.toggle('chosen', id !== null);
      for (const edge of $$('.edge', svg)) edge.classList.toggle('near', edge.dataset.from === id || edge.dataset.to === id);
      side.replaceChildren();
      if (id === null) return;
      const title = document.createElement('h3');
      title.textContent = id;
      const list = document.createElement('dl');
      for (const [key, value] of details[id] || []) {
        const term = document.createElement('dt');
        term.textContent = key;
        const text = document.createElement('dd');
        const inner = document.createElement(key === 'arguments' ? 'pre' : 'span');
        inner.textContent = value;
        text.append(inner);
        list.append(term, text);
      }
      side.append(title, list);
    };
    for (const node of $$('.node', svg)) {
      node.setAttribute('tabindex', '0');
      node.setAttribute('role', 'button');
      node.setAttribute('aria-label', node.dataset.node);
      node.addEventListener('keydown', (event) => {
        if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); choose(node.dataset.node); }
        if (event.key === 'Escape') choose(null);
      });
    }
    svg.addEventListener('click', (event) => {
      const node = event.target.closest('.node');
      choose(node ? node.dataset.node : null);
    });
    const whole = $('#graph-whole');
    whole.addEventListener('click', () => {
      const on = view.classList.toggle('whole');
      whole.setAttribute('aria-pressed', String(on));
    });
    $('#graph-save').addEventListener('click', () => save('graph.svg', 'image/svg+xml', svgText(svg)));
  }

  const search = $('#config-search');
  if (search) {
    const rows = $$('#config-table tbody tr');
    const texts = rows.map((row) => row.textContent.toLowerCase());
    search.addEventListener('input', () => {
      const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
      let count = 0;
      rows.forEach((row, index) => {
        row.hidden = !words.every((word) => texts[index].includes(word));
        if (!row.hidden) count++;
      });
      $('#config-count').textContent = words.length > 0 ? count + ' of ' + rows.length + ' values' : rows.length + ' values';
    });
  }

  const theme = $('#theme');
  theme.hidden = false;
  theme.addEventListener('click', () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
  });
})();
`;
