import { originOf } from '../origin/make.ts';
import { ConfigProblem } from '../problem/problem.ts';
import type { Node } from '../tree/node.ts';
import { entriesOf, isNull, itemsOf } from '../tree/node.ts';
import type { Entry } from './entry.ts';
import { configEntry, groupEntry, isSelf } from './entry.ts';

function fail(message: string, node: Node | undefined, help?: string): never {
  throw new ConfigProblem('composition', message, { help, origin: node?.place && originOf(node.place) });
}

/** `group@package` as its two parts; of a rename `a:b` the first counts. */
function splitPackage(text: string): [name: string, inPackage: string | undefined] {
  const at = text.indexOf('@');
  if (at < 0) return [text, undefined];
  return [text.slice(0, at), text.slice(at + 1).split(':')[0]];
}

function readEntry(item: Node, file: string, numbers: boolean): Entry {
  if (item.kind === 'value' && typeof item.value === 'string') {
    const [path, inPackage] = splitPackage(item.value);
    const read = configEntry(path, { package: inPackage, place: item.place });
    if (isSelf(read) && inPackage !== undefined) fail('_self_ takes no package', item);
    return read;
  }
  if (item.kind !== 'map') fail(`In '${file}': an entry of a defaults list is text or 'group: option'`, item);
  const [pair, more] = [...entriesOf(item)];
  if (!pair) fail(`In '${file}': the entry names no group`, item);
  if (more)
    fail(
      `In '${file}': an entry of a defaults list has one key`,
      item,
      'write each group as an item of its own',
    );
  const [key, node] = pair;
  const [named, inPackage] = splitPackage(String(key));
  const words = named.split(' ');
  const group = words.pop()!;
  const unknown = words.find((word) => word !== 'optional' && word !== 'override' && word !== '');
  if (unknown !== undefined)
    fail(`In '${file}': unknown keyword '${unknown}'`, item, "the keywords are 'optional' and 'override'");
  if (group === '') fail(`In '${file}': the entry names no group`, item);
  let value: Entry['value'];
  if (node.kind === 'value' && (node.value === null || typeof node.value === 'string')) value = node.value;
  else if (numbers && node.kind === 'value' && typeof node.value === 'number') value = String(node.value);
  else if (node.kind === 'list' && Array.isArray(node.content))
    value = itemsOf(node).map((one) =>
      one.kind === 'value' && typeof one.value === 'string'
        ? one.value
        : fail(`In '${file}': options are texts`, one),
    );
  else
    fail(
      `In '${file}': the option of '${group}' must be text, a list of texts or null`,
      node,
      'quote it if it is a number or a boolean',
    );
  return groupEntry(group, value, {
    package: inPackage,
    optional: words.includes('optional'),
    override: words.includes('override'),
    place: node.place ?? item.place,
  });
}

/** The entries of a `defaults:` list. With `numbers`, an option may be written as a number: `campaign: 2018`. */
export function readDefaults(node: Node | undefined, file: string, numbers = false): Entry[] {
  if (!node) return [];
  if (node.kind !== 'list') fail(`In '${file}': 'defaults' must be a list`, node);
  if (isNull(node)) return [];
  return itemsOf(node).map((item) => readEntry(item, file, numbers));
}
