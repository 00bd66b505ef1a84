/** What a `_target_` may be: only what was registered under that name. Nothing is imported by path. */
export interface Factory {
  /** Makes the object. Values are config nodes or plain data, as `_convert_` says. */
  make(args: readonly unknown[], named: Readonly<Record<string, unknown>>): unknown;
}

/** Factories by name. */
export type Registry = ReadonlyMap<string, Factory>;

/** A call that is made later: what `_partial_: true` gives. */
export class Partial {
  readonly target: string;
  readonly args: readonly unknown[];
  readonly named: Readonly<Record<string, unknown>>;
  readonly #factory: Factory;

  constructor(
    target: string,
    factory: Factory,
    args: readonly unknown[],
    named: Readonly<Record<string, unknown>>,
  ) {
    this.target = target;
    this.args = args;
    this.named = named;
    this.#factory = factory;
  }

  /** Makes the object, further arguments behind the first ones, named ones over them. */
  make(args: readonly unknown[] = [], named: Readonly<Record<string, unknown>> = {}): unknown {
    return this.#factory.make([...this.args, ...args], { ...this.named, ...named });
  }
}

/** A registry of plain functions: positional values first, then one object with the named ones. */
export function registryOf(functions: Record<string, (...values: never[]) => unknown>): Map<string, Factory> {
  return new Map(
    Object.entries(functions).map(([name, make]) => [
      name,
      { make: (args, named) => make(...([...args, named] as never[])) },
    ]),
  );
}
