import type { Step } from '@fasthep/columns';

/** `X.y` and `X_y` are one name. */
const canonical = (name: string) => name.replaceAll('.', '_');

/** Which field a name means at a step: `name@step` of the step that made it last, or undefined: one of the source. */
export function fieldAt(name: string, at: string, steps: ReadonlyMap<string, Step>): string | undefined {
  const key = canonical(name);
  for (let step = steps.get(at); step; step = steps.get(step.from)) {
    if (step.do !== 'define' && step.do !== 'vary' && step.do !== 'project') continue;
    const own = Object.keys(step.fields).find((field) => canonical(field) === key);
    if (own !== undefined) return `${own}@${step.id}`;
    if (step.do === 'project') return undefined;
  }
  return undefined;
}
