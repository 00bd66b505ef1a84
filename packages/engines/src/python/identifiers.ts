const KEYWORDS = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from
  global if import in is lambda nonlocal not or pass raise return try while with yield run tag`.split(/\s+/),
);

/** A Python identifier for each name, readable and each only once. */
export function identifiers(names: readonly string[]): Map<string, string> {
  const taken = new Set<string>();
  const found = new Map<string, string>();
  for (const name of names) {
    let base = name.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^_+|_+$/g, '') || 'task';
    if (/^\d/.test(base) || KEYWORDS.has(base)) base = `task_${base}`;
    let candidate = base;
    for (let number = 2; taken.has(candidate); number++) candidate = `${base}__${number}`;
    taken.add(candidate);
    found.set(name, candidate);
  }
  return found;
}
