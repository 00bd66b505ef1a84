import type { Explanation } from './explanation.ts';

/** Workflows in other syntaxes. */
export const TRANSLATION: Record<string, Explanation> = {
  'FLOW-T001': {
    title: 'meaning that is not carried over',
    text: 'The workflow is in another syntax, and says something that has no counterpart here. It runs without it. `fasthep-flow convert --to default` writes the workflow in the default syntax, with a comment at each such place.',
  },
  'FLOW-T002': {
    title: 'not understood in this syntax',
    text: 'The workflow is in another syntax than the default one, and this part of it cannot be read.',
    wrong: 'stages:\n  - BasicVars',
    right: 'stages:\n  - BasicVars: fast_carpenter.Define',
  },
  'FLOW-T003': {
    title: 'unknown key in this syntax',
    text: 'The key is not among those of the syntax of this workflow. The Python packages pass such keys over; here they are refused, because a misspelt one changes what the workflow does.',
    wrong: 'params: {wieght_expr: EventWeight}',
    right: 'params: {weight_expr: EventWeight}',
  },
  'FLOW-T004': {
    title: 'an operation without a counterpart',
    text: 'The workflow calls Python code, or an operation of a package, that has no counterpart here.',
    wrong: 'stages:\n  - Mine: my_package.MyStage',
    right: '# in the default syntax\nmine: {python: {call: "my_stage.py:run"}}',
  },
};
