import type { Expression } from './types.ts';

/** The direct parts of a node, in the order of the text. */
export function children(node: Expression): Expression[] {
  switch (node.kind) {
    case 'list':
      return node.items;
    case 'member':
      return [node.of];
    case 'index':
      return [node.of, node.index];
    case 'slice':
      return [node.of, ...(node.from ? [node.from] : []), ...(node.to ? [node.to] : [])];
    case 'unary':
      return [node.of];
    case 'binary':
      return [node.left, node.right];
    case 'compare':
      return [node.first, ...node.rest.map((one) => one.right)];
    case 'choice':
      return [node.yes, node.test, node.no];
    case 'call':
      return [...node.args, ...node.named.map((one) => one.value)];
    default:
      return [];
  }
}

/** Levels of the tree. Does not recurse: safe on any tree. */
export function depthOf(root: Expression): number {
  let deepest = 0;
  const open: [Expression, number][] = [[root, 1]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, depth] = next;
    if (depth > deepest) deepest = depth;
    for (const child of children(node)) open.push([child, depth + 1]);
  }
  return deepest;
}

/** A name that an expression uses, with its members as far as they are plain: `dataset.kind`, `Muon.pt`. */
export interface UsedName {
  /** `Muon.pt` of `Muon.pt[0] + 1`. Parts joined by dots. */
  path: string;
  parts: string[];
  start: number;
  end: number;
}

function dotted(node: Expression): string[] | undefined {
  if (node.kind === 'name') return [node.name];
  if (node.kind !== 'member') return undefined;
  const before = dotted(node.of);
  return before && [...before, node.name];
}

/** Every name that is used, longest form, in the order of the text, repeats included. Functions are not names. */
export function names(root: Expression): UsedName[] {
  const found: UsedName[] = [];
  const visit = (node: Expression): void => {
    const parts = dotted(node);
    if (parts) found.push({ path: parts.join('.'), parts, start: node.start, end: node.end });
    else for (const child of children(node)) visit(child);
  };
  visit(root);
  return found;
}

/** The functions that are called, each once. */
export function calls(root: Expression): string[] {
  const found = new Set<string>();
  const visit = (node: Expression): void => {
    if (node.kind === 'call') found.add(node.name);
    for (const child of children(node)) visit(child);
  };
  visit(root);
  return [...found];
}
