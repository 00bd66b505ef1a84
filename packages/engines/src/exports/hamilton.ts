import type { Exporter, Graph, GraphNode, JsonObject } from '@fasthep/flow';
import { identifiers } from '../python/identifiers.ts';
import { docstring, pythonText } from '../python/text.ts';

/** Graph → a module for Apache Hamilton: one function per task, to import in a notebook. */
export const hamiltonExporter: Exporter = {
  name: 'hamilton',
  doc: 'A module for Apache Hamilton with one function per task: to execute in parts and to draw, in a notebook.',
  write(graph, _, options) {
    const name = identifiers([`${graph.name}_flow`]).get(`${graph.name}_flow`)!;
    return { files: { [`${name}.py`]: graphModule(graph, options) }, problems: [] };
  },
};

/** The text of the module. */
export function graphModule(
  graph: Graph,
  { file = 'flow.yaml', overrides = [], command = ['fasthep-flow'] }: JsonObject,
): string {
  // Not names of the module itself.
  const own = ['Task', 'config', 'dataclass', 'json', 'os', 'subprocess'];
  const names = identifiers([...own, ...graph.nodes.map(({ id }) => id)]);
  const list = (value: unknown) =>
    `[${[value]
      .flat()
      .map((word) => pythonText(String(word)))
      .join(', ')}]`;
  const functions = graph.nodes.map((node) => functionOf(node, names));
  return `"""The workflow ${graph.name} for Apache Hamilton: one function per task, edges as parameters.

    from hamilton import driver
    import ${identifiers([`${graph.name}_flow`]).get(`${graph.name}_flow`)} as flow

    built = driver.Builder().with_modules(flow).build()
    built.execute(["${names.get(lastProduct(graph))}"], inputs={"config": {"some.key": 30}})
    built.display_all_functions()

Tasks that make something give the paths of its files, by product; others say only what they are. Values of
\`config\` are overrides of the workflow's. Nothing is computed twice: results are kept in the store.
"""

import json
import os
import subprocess
from dataclasses import dataclass

from hamilton.function_modifiers import tag

FILE = ${pythonText(String(file))}
OVERRIDES = ${list(overrides)}
COMMAND = ${list(command)}


@dataclass(frozen=True)
class Task:
    """A task of the workflow that is no file of its own: rows on their way."""

    name: str
    operator: str


def _made(task, config):
    changed = [f"++{key}={json.dumps(value)}" for key, value in (config or {}).items()]
    words = [*COMMAND, "run", FILE, *OVERRIDES, *changed, "--only", task, "--json", "--quiet", "--no-report"]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True)
    told = json.loads(done.stdout)
    if done.returncode != 0:
        problems = [one["message"] for one in told.get("problems", [])]
        problems += [one["error"]["message"] for one in told.get("errors", [])]
        raise RuntimeError(f"{task}: {'; '.join(problems)}")
    products = [one for one in told["products"] if one["node"] == task]
    return {one["name"]: [os.path.join(told["run"], file) for file in one["files"]] for one in products}


${functions.join('\n\n\n')}
`;
}

function functionOf(node: GraphNode, names: ReadonlyMap<string, string>): string {
  const made = isMade(node);
  const before = [...new Set(node.inputs.map((input) => input.node))].filter((id) => names.has(id));
  const parameters = [...before.map((id) => names.get(id)!), ...(made ? ['config: dict = None'] : [])];
  const typed = parameters.map((name) => (name.includes(':') ? name : `${name}: object`)).join(', ');
  const about = typeof node.control.description === 'string' ? node.control.description : `${node.operator}.`;
  const body = made
    ? `return _made(${pythonText(node.id)}, config)`
    : `return Task(${pythonText(node.id)}, ${pythonText(node.operator)})`;
  return `@tag(task=${pythonText(node.id)}, operator=${pythonText(node.operator)}, kind=${pythonText(node.kind)})
def ${names.get(node.id)}(${typed}) -> object:
    ${docstring(about)}
    ${body}`;
}

/** Whether a task gives something beside rows. */
function isMade({ outputs }: GraphNode): boolean {
  return Object.values(outputs).some(({ type }) => type !== 'rows');
}

function lastProduct({ nodes }: Graph): string {
  return (nodes.findLast(isMade) ?? nodes.at(-1))?.id ?? '';
}
