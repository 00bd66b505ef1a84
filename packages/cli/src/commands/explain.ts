import {
  CODES,
  createRegistry,
  type Explanation,
  type Extension,
  explain as explainCode,
  FlowError,
  type Operator,
  type Registry,
  suggest,
} from '@fasthep/flow';
import { shippedPlugins } from '../plugins/shipped.ts';
import { type CliContext, print, printJson } from '../terminal/context.ts';
import { toYaml } from '../terminal/yaml.ts';
import type { CommonFlags } from '../workflow/lazy.ts';

/** `explain CODE|OPERATOR|KEYWORD` */
export default async function explain(this: CliContext, flags: CommonFlags, word?: string): Promise<void> {
  const registry = createRegistry((await shippedPlugins()).map(({ plugin }) => plugin));
  if (word === undefined) {
    print(this, indexPage(registry));
    return;
  }
  const keyword = registry.all('extensions').find(({ item }) => item.keyword === word)?.item;
  const pages: Record<string, Explanation> = Object.assign(
    {},
    CODES,
    ...registry.plugins.map((one) => one.explanations),
  );
  const found = registry.operator(word);
  const texts: string[] = [];
  if ('operator' in found) texts.push(operatorPage(found.operator, found.qualified));
  if (keyword) texts.push(keywordPage(keyword));
  // An operator and the code of what it complains of may have one name: then both are told.
  if (Object.hasOwn(pages, word) || (texts.length === 0 && /[A-Z]-?[A-Z]?\d/i.test(word)))
    texts.push(explainCode(word, pages).trimEnd());
  if (texts.length === 0) {
    const known = [
      ...registry.all('operators').map(({ item }) => item.name),
      ...registry.all('extensions').map(({ item }) => item.keyword),
      ...Object.keys(pages),
    ];
    throw new FlowError('FLOW-K006', `'${word}' is no error code, operator or keyword`, suggest(word, known));
  }
  const text = texts.join('\n\n\n');
  if (flags.json) printJson(this, { word, text });
  else print(this, text);
}

/** Everything that can be explained. */
function indexPage(registry: Registry): string {
  const packs = new Map<string, string[]>();
  for (const { pack, item } of registry.all('operators'))
    packs.set(pack, [...(packs.get(pack) ?? []), item.name]);
  const keywords = (at: Extension['at']) =>
    registry
      .all('extensions')
      .filter(({ item }) => item.at === at)
      .map(({ item }) => item.keyword)
      .join(' ');
  const operators = [...packs].map(([pack, names]) => `  ${pack.padEnd(8)} ${names.join(' ')}`);
  return [
    ['operators:', ...operators].join('\n'),
    ['keywords:', `  tasks    ${keywords('task')}`, `  top      ${keywords('top')}`].join('\n'),
    'fasthep-flow explain NAME tells about each, and about every error code.',
  ].join('\n\n');
}

function keywordPage({ keyword, at, doc, schema }: Extension): string {
  const where = at === 'task' ? 'a keyword of tasks' : 'a key at the top of a workflow';
  const examples = Array.isArray(schema.examples) ? schema.examples : [];
  const shown = examples.map((one) => indent(toYaml({ [keyword]: one })));
  return [`${keyword}: ${where}`, doc, ...shown].join('\n\n');
}

function operatorPage(operator: Operator, qualified: string): string {
  const { properties = {}, required } = operator.parameters as {
    properties?: Record<string, { description?: string; default?: unknown }>;
    required?: string[];
  };
  const args = Object.entries(properties).map(([name, one]) => {
    const notes = [
      ...(name === operator.main ? ['main argument'] : []),
      ...(required?.includes(name) ? ['needed'] : []),
      ...(one.default === undefined ? [] : [`default ${JSON.stringify(one.default)}`]),
    ];
    return `  ${name}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}${one.description ? `: ${one.description}` : ''}`;
  });
  const head = operator.map ? 'arguments: a map of your own names' : 'arguments:';
  return [
    `${operator.name}: an operator (${qualified})`,
    operator.doc,
    ...(args.length > 0 && !operator.map ? [[head, ...args].join('\n')] : operator.map ? [head] : []),
    ...(operator.examples ?? []).map(indent),
  ].join('\n\n');
}

function indent(text: string): string {
  return text.trimEnd().replace(/^/gm, '    ');
}
