import { expressionRoots } from './expression.ts';
import { splitKey } from './select.ts';
import type { Element, Interpolation, Literal, Template } from './tree.ts';

function elementRoots(element: Element): string[] {
  switch (element.kind) {
    case 'constant':
      return [];
    case 'text':
      return element.parts.flatMap(partRoots);
    case 'list':
      return element.items.flatMap(elementRoots);
    case 'map':
      return element.entries.flatMap(([, item]) => elementRoots(item));
    default:
      return interpolationRoots(element);
  }
}

const partRoots = (part: Literal | Interpolation): string[] =>
  part.kind === 'literal' ? [] : interpolationRoots(part);

/** The first keys of all absolute paths in an interpolation. */
function interpolationRoots(part: Interpolation): string[] {
  switch (part.kind) {
    case 'expression':
      return expressionRoots(part);
    case 'resolver':
      return part.args.flatMap(elementRoots);
    case 'node': {
      const nested = part.path.flatMap((piece) =>
        typeof piece === 'string' ? [] : interpolationRoots(piece),
      );
      const start = part.path[0] === '[' ? part.path[1] : part.path[0];
      return typeof start === 'string' && start !== '.' ? [splitKey(start)[0]!, ...nested] : nested;
    }
  }
}

/** The first keys of all absolute paths in a template. */
export const templateRoots = (template: Template): Set<string> => new Set(template.flatMap(partRoots));

/** Whether an interpolation reads something that is bound later. */
export function isLate(part: Interpolation, late: Set<string>): boolean {
  return late.size > 0 && interpolationRoots(part).some((root) => late.has(root));
}
