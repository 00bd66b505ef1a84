import { originAt } from '../origin/make.ts';
import { pointerTo, valueAt } from '../origin/pointer.ts';
import type { Config, JsonPointer } from '../origin/types.ts';
import { ConfigProblem, sortProblems } from '../problem/problem.ts';

/** A step of a path in an issue: the key, or an object that holds it. */
type Step = PropertyKey | { readonly key: PropertyKey };

/** What a validator says is wrong. */
interface Issue {
  readonly message: string;
  readonly path?: readonly Step[] | undefined;
}

type Outcome<T> = { readonly value: T; readonly issues?: undefined } | { readonly issues: readonly Issue[] };

/** A schema by the Standard Schema interface: zod, valibot, ArkType and others have it. */
export interface StandardSchema<T = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => Outcome<T> | Promise<Outcome<T>>;
  };
}

/** The place of an issue: the key itself where the schema complains of an unknown one. */
function located(config: Config, pointer: JsonPointer, issue: Issue): ConfigProblem {
  let at = pointer;
  for (const step of issue.path ?? []) at = pointerTo(at, String(typeof step === 'object' ? step.key : step));
  const origin = originAt(config, at);
  const related = (origin.via ?? []).map((one) => ({ message: 'the value came from here', origin: one }));
  const fullKey = at.slice(1).replaceAll('/', '.');
  const message = fullKey === '' ? issue.message : `'${fullKey}': ${issue.message}`;
  return new ConfigProblem('validation', message, { origin, related, fullKey });
}

/**
 * Checks the value at `pointer` with a Standard Schema (zod and others). The value is what the schema gives;
 * undefined where it does not fit. Problems point at the values.
 */
export async function validateStandard<T>(
  schema: StandardSchema<T>,
  config: Config,
  pointer: JsonPointer = '',
): Promise<{ value: T | undefined; problems: ConfigProblem[] }> {
  const outcome = await schema['~standard'].validate(valueAt(config.value, pointer));
  if (!outcome.issues) return { value: outcome.value, problems: [] };
  return {
    value: undefined,
    problems: sortProblems(outcome.issues.map((issue) => located(config, pointer, issue))),
  };
}
