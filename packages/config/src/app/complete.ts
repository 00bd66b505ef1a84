import type { Repository } from '../compose/repository.ts';
import type { Container, Node } from '../tree/node.ts';
import { entriesOf, isContainer, itemsOf } from '../tree/node.ts';
import { scalarText } from '../value/text.ts';
import { OPTIONS } from './arguments.ts';

/** What completion goes by. */
export interface CompletionInput {
  /** The word that is being written, up to the cursor. */
  word: string;
  /** The composed config, for keys. */
  root?: Container | undefined;
  /** The search path, for groups and their options. */
  repository?: Repository | undefined;
}

/** Keys below a dotted prefix: `db.` for a map, `db.host=` for a leaf. */
function keys(root: Container, prefix: string): string[] {
  const steps = prefix.split('.');
  const last = steps.pop()!;
  let at: Node = root;
  for (const step of steps) {
    const next: Node | undefined =
      at.kind === 'map'
        ? entriesOf(at).get(step)
        : at.kind === 'list'
          ? itemsOf(at)[Number(step)]
          : undefined;
    if (!next) return [];
    at = next;
  }
  if (!isContainer(at)) return [];
  const before = steps.map((step) => `${step}.`).join('');
  const children: [string, Node][] =
    at.kind === 'map'
      ? [...entriesOf(at)].map(([key, child]) => [scalarText(key), child])
      : itemsOf(at).map((child, index) => [String(index), child]);
  return children
    .filter(([key]) => key.startsWith(last) && /^[\w$-]+$/.test(key))
    .map(
      ([key, child]) =>
        `${before}${key}${isContainer(child) && typeof child.content !== 'string' && child.content !== null ? '.' : '='}`,
    );
}

/** Values that may stand behind `key=`: the present one, and both where it is true or false. */
function values(root: Container, word: string): string[] {
  const equals = word.indexOf('=');
  const key = word.slice(0, equals);
  let at: Node | undefined = root;
  for (const step of key.split('.'))
    at =
      at?.kind === 'map' && at.content instanceof Map
        ? at.content.get(step)
        : at?.kind === 'list' && Array.isArray(at.content)
          ? at.content[Number(step)]
          : undefined;
  if (at?.kind !== 'value') return [];
  const text = scalarText(at.value);
  const known = typeof at.value === 'boolean' ? ['true', 'false'] : /^[\w.+-]+$/.test(text) ? [text] : [];
  return known.map((one) => `${key}=${one}`).filter((one) => one.startsWith(word));
}

/** Groups below a prefix (`db/`, `db=`), and the options of a group once `=` is written. */
function groups(repository: Repository, word: string): string[] {
  const equals = word.indexOf('=');
  if (equals >= 0) {
    const group = word.slice(0, equals).split('@')[0]!;
    const value = word.slice(equals + 1);
    // Of a sweep `a,b` the last option is being written.
    const comma = value.lastIndexOf(',');
    const before = word.slice(0, equals + 1) + value.slice(0, comma + 1);
    const last = value.slice(comma + 1);
    return repository
      .options(group)
      .filter((one) => one.startsWith(last))
      .map((one) => before + one);
  }
  const slash = word.lastIndexOf('/');
  const parent = slash < 0 ? '' : word.slice(0, slash);
  const last = word.slice(slash + 1);
  const before = slash < 0 ? '' : `${parent}/`;
  return repository
    .groups(parent)
    .filter((one) => one.startsWith(last) && one !== 'hydra')
    .flatMap((one) => {
      const group = before + one;
      const made: string[] = [];
      if (repository.options(group).length > 0) made.push(`${group}=`);
      if (repository.groups(group).length > 0) made.push(`${group}/`);
      return made;
    });
}

/** Candidates for the word at the cursor: options, groups and their options, keys. Sorted, each once. */
export function completions({ word, root, repository }: CompletionInput): string[] {
  if (word.startsWith('-')) return OPTIONS.filter((one) => one.startsWith(word)).sort();
  const sign = /^(?:\+\+|[+~])?/.exec(word)![0];
  const bare = word.slice(sign.length);
  const found = [
    ...(repository ? groups(repository, bare) : []),
    ...(root ? (bare.includes('=') ? values(root, bare) : keys(root, bare)) : []),
  ];
  // `~key` takes no value.
  return [...new Set(found.map((one) => sign + (sign === '~' ? one.replace(/=$/, '') : one)))].sort();
}

/** The lines to put into a shell's start file: they ask `COMMAND complete -- WORDS...`, the last word being written. */
export function completionScript(shell: 'bash' | 'zsh' | 'fish', command: string): string {
  const name = command.replace(/\W/g, '_');
  switch (shell) {
    case 'bash':
      return `_${name}_complete() {
  local line="\${COMP_LINE:0:COMP_POINT}" words cur skip= breaks one
  # Bash breaks words at = and :, we do not.
  IFS=$' \\t' read -ra words <<< "$line"
  cur="\${line##*[[:space:]]}"
  [[ -z $cur ]] && words+=("")
  breaks="\${COMP_WORDBREAKS//[^=:]/}"
  [[ -n $breaks ]] && skip="\${cur%"\${cur##*[$breaks]}"}"
  COMPREPLY=()
  while IFS= read -r one; do
    one="\${one#"$skip"}"
    [[ $one == *[=./] ]] || one+=' '
    COMPREPLY+=("$one")
  done < <(${command} complete -- "\${words[@]:1}" 2>/dev/null)
}
complete -o nospace -o default -F _${name}_complete ${command}
`;
    case 'zsh':
      return `#compdef ${command}
_${name}_complete() {
  local -a found open whole
  found=(\${(f)"$(${command} complete -- "\${words[@]:1:CURRENT-1}" 2>/dev/null)"})
  open=(\${(M)found:#*[=./]})
  whole=(\${found:#*[=./]})
  compadd -S '' -- $open
  compadd -- $whole
  (( $#found )) || _files
}
compdef _${name}_complete ${command}
`;
    case 'fish':
      return `function __${name}_complete
  set -l words (commandline -opc) (commandline -ct)
  ${command} complete -- $words[2..-1] 2>/dev/null
end
complete -c ${command} -f -a '(__${name}_complete)'
`;
  }
}
