import { expect, it } from 'vitest';
import { toyConfig, toyRegistry } from '../../testing/toys.ts';
import { betaSyntax, defaultSyntax } from '../syntax/index.ts';
import { convertWorkflow } from './convert.ts';

const registry = toyRegistry({ name: 'syntaxes', syntaxes: [defaultSyntax, betaSyntax] });
const beta = toyConfig(
  'plugins: [x]\ntasks:\n  - {name: hello, type: BashOperator, kwargs: {bash_command: echo, arguments: [hi]}}\n',
);

it('writes what it read, and says what was lost', () => {
  const { text, problems, from } = convertWorkflow(beta, registry);
  expect(from).toBe('beta');
  expect(text).toBe(
    '# not carried over: Python plug-ins are not loaded\ntasks:\n  hello: {shell: {run: echo hi}}\n',
  );
  expect(problems).toMatchObject([{ code: 'FLOW-T001', severity: 'warning' }]);
});

it('into a syntax that can be written only', () => {
  expect(() => convertWorkflow(beta, registry, 'beta')).toThrow("the syntax 'beta' cannot be written");
  expect(() => convertWorkflow(beta, registry, 'defalt')).toThrow(
    expect.objectContaining({ help: "did you mean 'default'?" }),
  );
});
