import { builtinResolvers } from './builtin.ts';
import { registerResolver } from './register.ts';
import type { PlainResolver, ResolveContext, Resolver } from './resolvers.ts';

export interface ContextOptions {
  resolvers?: Record<string, PlainResolver | Resolver>;
  /** Environment for `oc.env`; none, or false, switches it off. */
  env?: Record<string, string | undefined> | false;
  /** Whether `${a * 2}` is computed (the default) or a syntax error as in OmegaConf. */
  expressions?: boolean;
  warn?(message: string): void;
  late?: string[];
}

/** How interpolations are resolved, from options. One for each config: caches of resolvers live in it. */
export function resolveContext(options: ContextOptions = {}): ResolveContext {
  const resolvers = builtinResolvers();
  for (const [name, resolver] of Object.entries(options.resolvers ?? {}))
    registerResolver(resolvers, name, resolver);
  return {
    resolvers,
    env: options.env || undefined,
    expressions: options.expressions ?? true,
    warn: options.warn ?? (() => {}),
    late: new Set(options.late),
    trail: [],
  };
}
