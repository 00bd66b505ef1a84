import { isBigNode } from '../ir/graph.ts';
import { isUnsigned } from '../ir/scalars.ts';
import type { Node } from '../ir/types.ts';
import { bindingOf } from './block.ts';
import type { Emitter } from './emitter.ts';

/** The value that a reduction begins with: as in the interpreter. */
function initial(node: Node): string {
  const big = isBigNode(node);
  const { kind } = node;
  if (kind === 'all') return 'true';
  if (kind === 'any') return 'false';
  if (kind === 'prod') return big ? '1n' : '1';
  if (node.type === 'float64' && kind?.endsWith('min')) return 'Infinity';
  if (node.type === 'float64' && kind?.endsWith('max')) return '-Infinity';
  if (node.type === 'string') return "''";
  return node.type === 'bool' ? 'false' : big ? '0n' : '0';
}

/** Writes the loop of a reduction: what `Reduction` of the interpreter does for each element. */
export function emitReduce(emitter: Emitter, node: Node, names: { value: string; found: string }): void {
  const { value, found } = names;
  const [body, ok] = node.args as [Node, Node | undefined];
  const { kind } = node;
  const choosing = kind!.endsWith('min') || kind!.endsWith('max');
  const best = emitter.name('e');
  const seen = emitter.name('u');
  const arg = kind!.includes('arg');
  emitter.line(`${value} = ${initial(node)};`);
  if (choosing) emitter.line(`${found} = false;`);
  if (arg) emitter.line(`let ${best} = 0, ${seen} = false;`);
  // Of the best tuple the members are kept too: to find them from its place takes a search.
  const kept = arg
    ? emitter.memberNames(node.axis!, value, node.free.length === 0 ? `r${node.id}` : undefined)
    : [];
  for (const name of kept) emitter.line(`${name} = 0;`);
  const early = kind === 'any' || kind === 'all';
  const label = early ? emitter.name('L') : undefined;
  const wrap = (code: string) =>
    isBigNode(node) ? `BigInt.${isUnsigned(node.type) ? 'asUintN' : 'asIntN'}(64, ${code})` : code;
  emitter.each(
    node.axis!,
    node.variable!,
    () => {
      emitter.branch(ok, () => {
        const x = () => emitter.value(body);
        switch (kind) {
          case 'any':
            emitter.branch(body, () => emitter.line(`${value} = true; break ${label};`));
            return;
          case 'all':
            emitter.line(`if (!${x()}) { ${value} = false; break ${label}; }`);
            return;
          case 'count':
            emitter.line(`${value}++;`);
            return;
          case 'countnonzero':
            emitter.branch(body, () => emitter.line(`${value}++;`));
            return;
          case 'sum':
            emitter.line(`${value} = ${wrap(`${value} + ${x()}`)};`);
            return;
          case 'prod':
            emitter.line(`${value} = ${wrap(`${value} * ${x()}`)};`);
            return;
          case 'nansum': {
            const name = x();
            emitter.line(`if (${name} === ${name}) ${value} = ${wrap(`${value} + ${name}`)};`);
            return;
          }
        }
        const name = x();
        const less = kind!.endsWith('min') ? '<' : '>';
        if (!arg) {
          const first = node.type === 'float64' ? '' : `!${found} || `;
          const code = `if (${first}${name} ${less} ${value}) ${value} = ${name}; ${found} = true;`;
          emitter.line(kind!.startsWith('nan') ? `if (${name} === ${name}) { ${code} }` : code);
          return;
        }
        const at = bindingOf(emitter.block, node.variable!)!.position;
        const members = kept.length > 0 ? emitter.membersAt(at) : [];
        const put = [`${value} = ${at};`, ...members.map((member, m) => `${kept[m]} = ${member};`)].join(' ');
        const take = `if (!${seen} || ${name} ${less} ${best}) { ${best} = ${name}; ${put} ${seen} = true; }`;
        emitter.line(
          kind!.startsWith('nan')
            ? `if (${name} === ${name}) { ${take} } else if (!${found}) { ${put} } ${found} = true;`
            : `${take} ${found} = true;`,
        );
      });
    },
    label,
  );
}
