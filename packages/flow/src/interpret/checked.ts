/** Which output of a node its `check` looks at. */

import { keyOriginAt } from '../errors/place.ts';
import { checkOf } from '../keywords/index.ts';
import type { GraphNode } from '../types/graph.ts';
import type { Build } from './build.ts';

/** Outputs without fields: rows on their way, files, and what another task made. */
const WITHOUT_FIELDS = ['rows', 'files'];

/** The first output that has fields; undefined: there is none, or no check. */
export function checkedPort(node: Pick<GraphNode, 'control' | 'outputs'>): string | undefined {
  if (!checkOf(node.control)) return undefined;
  return Object.keys(node.outputs).find((port) => !WITHOUT_FIELDS.includes(node.outputs[port]!.type));
}

/** Tells of a check that could not look at anything. */
export function refuseCheck(build: Build, node: GraphNode): void {
  if (!checkOf(node.control) || checkedPort(node) !== undefined) return;
  const types = [...new Set(Object.values(node.outputs).map(({ type }) => type))];
  build.problems.push({
    code: 'FLOW-K011',
    message: `task '${node.task}' gives ${types.join(' and ') || 'nothing'}, which a 'check' cannot look at`,
    help: 'check a product made of it: a table (group), a histogram, a report',
    origin: keyOriginAt(build.definition, `${node.source}/control/check`),
  });
}
