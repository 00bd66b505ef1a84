import type { Knows } from '../streamer/layout.ts';
import { memberNode, nodeOfType, numberNamed } from '../streamer/layout.ts';
import type { Node } from '../streamer/node.ts';
import { packingOf } from '../streamer/packing.ts';
import type { Interpretation, NumberNode } from './interpretation.ts';
import type { Branch, ElementInfo, Leaf } from './types.ts';

const numberOfLeaf: Record<string, readonly [signed: NumberNode['type'], unsigned: NumberNode['type']]> = {
  TLeafO: ['bool', 'bool'],
  TLeafB: ['int8', 'uint8'],
  TLeafS: ['int16', 'uint16'],
  TLeafI: ['int32', 'uint32'],
  TLeafL: ['int64', 'uint64'],
  TLeafG: ['int64', 'uint64'],
  TLeafF: ['float32', 'float32'],
  TLeafD: ['float64', 'float64'],
};

/** Decides how a branch is read, from its leaves and what streamer infos say of its class. */
export function interpret(branch: Branch, knows: Knows): Interpretation {
  if (branch.fileName !== '') return unreadable(`its data lie in another file, '${branch.fileName}'`);
  const kind = branch.element?.type ?? 0;
  if (branch.element && (kind === 3 || kind === 4)) {
    // Split collections keep their lengths here.
    if (branch.branches.length > 0) return { how: 'flat', item: { t: 'number', type: 'int32' }, dims: [] };
  }
  if (branch.branches.length > 0)
    return { how: 'group', fields: branch.branches.map(({ name, path }) => ({ name, path })) };
  if (branch.object) return streamedObject(branch.object, knows);
  if (branch.leaves.length === 0) return unreadable('it has no leaf');
  if (branch.leaves.length > 1) return leafList(branch.leaves);
  const leaf = branch.leaves[0]!;
  if (leaf.className === 'TLeafC') return { how: 'text' };
  if (branch.element) return interpretElement(branch, leaf, knows);
  const item = itemOf(leaf);
  if (!item) return unreadable(`leaves of class ${leaf.className} are not understood`);
  return numbers(item, leaf);
}

function unreadable(why: string): Interpretation {
  return { how: 'unreadable', why };
}

function itemOf(leaf: Leaf): NumberNode | undefined {
  const types = numberOfLeaf[leaf.className];
  if (types) return { t: 'number', type: types[leaf.unsigned ? 1 : 0] };
  if (leaf.className === 'TLeafD32')
    return { t: 'packed', type: 'float64', packing: packingOf(leaf.title, 'float64') };
  if (leaf.className === 'TLeafF16')
    return { t: 'packed', type: 'float32', packing: packingOf(leaf.title, 'float32') };
  return undefined;
}

/** Fixed dimensions by the title, `x[n][3][2]`, as long as they multiply to the leaf's length. */
function dimsOf(leaf: Leaf): number[] {
  if (leaf.len === 1 && !leaf.title.includes('[')) return [];
  const dims = [...leaf.title.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1]));
  const product = dims.reduce((a, b) => a * b, 1);
  if (product === leaf.len) return dims;
  return leaf.len === 1 ? [] : [leaf.len];
}

function numbers(item: NumberNode, leaf: Leaf, dims = dimsOf(leaf)): Interpretation {
  if (leaf.len < 0 || dims.some((size) => size < 0)) return unreadable(`a leaf of ${leaf.len} items`);
  if (!leaf.counter) return { how: 'flat', item, dims };
  return { how: 'jagged', item, dims, skip: 0, counter: leaf.counter.branch || leaf.counter.leaf };
}

function leafList(leaves: Leaf[]): Interpretation {
  const fields: Extract<Interpretation, { how: 'struct' }>['fields'] = [];
  for (const leaf of leaves) {
    const item = itemOf(leaf);
    if (!item) return unreadable(`leaf '${leaf.name}' of class ${leaf.className} in a list of leaves`);
    if (leaf.counter) return unreadable(`leaf '${leaf.name}' of a list of leaves has a variable length`);
    fields.push({ name: leaf.name, item, dims: dimsOf(leaf) });
  }
  return { how: 'struct', fields };
}

function interpretElement(branch: Branch, leaf: Leaf, knows: Knows): Interpretation {
  const { element } = branch;
  if (!element) return unreadable('it has no class');
  const inCollection = element.type === 31 || element.type === 41;
  const { streamer } = element;
  const node = streamer
    ? memberNode(streamer, knows)
    : (numberByCode(element.streamerType) ?? wholeObject(element, knows));
  if (inCollection) return inCollectionOf(node, leaf);
  if (node.t === 'number' || node.t === 'packed') return numbers(node, leaf);
  if (node.t === 'array' && (node.item.t === 'number' || node.item.t === 'packed'))
    return numbers(node.item, leaf, streamer?.dims.length ? streamer.dims : [node.size]);
  if (node.t === 'counted' && (node.item.t === 'number' || node.item.t === 'packed'))
    return { how: 'jagged', item: node.item, dims: [], skip: 1, counter: leaf.counter?.branch };
  if (node.t === 'sequence' && node.header && node.item.t === 'number')
    return { how: 'jagged', item: node.item, dims: [], skip: 10, counter: undefined };
  if (node.t === 'unknown') return unreadable(node.why);
  return { how: 'streamed', node, many: false };
}

/** Members of a split collection lie side by side, without anything between them. */
function inCollectionOf(node: Node, leaf: Leaf): Interpretation {
  const counter = leaf.counter?.branch || leaf.counter?.leaf;
  if (node.t === 'number' || node.t === 'packed')
    return { how: 'jagged', item: node, dims: [], skip: 0, counter };
  if (node.t === 'array' && (node.item.t === 'number' || node.item.t === 'packed'))
    return { how: 'jagged', item: node.item, dims: [node.size], skip: 0, counter };
  if (node.t === 'unknown') return unreadable(node.why);
  return { how: 'streamed', node, many: true, counter };
}

/** The object of a branch of its own: a std::string has no header there. */
function wholeObject({ className, version }: ElementInfo, knows: Knows): Node {
  const node = nodeOfType(className, true, knows);
  if (node.t === 'string') return { ...node, header: false };
  return node.t === 'object' ? { ...node, version } : node;
}

function numberByCode(code: number): Node | undefined {
  const names: Record<number, string> = { 9: 'Double32_t', 19: 'Float16_t' };
  const name = names[code];
  return name ? numberNamed(name) : undefined;
}

function streamedObject(object: { className: string; named: boolean }, knows: Knows): Interpretation {
  const node = nodeOfType(object.className, true, knows);
  if (node.t === 'unknown') return unreadable(node.why);
  return { how: 'streamed', node, many: false, named: object.named };
}
