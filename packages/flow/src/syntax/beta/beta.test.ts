import { describe, expect, it } from 'vitest';
import { lines } from '../../../testing/problems.ts';
import { toyConfig, toyRegistry } from '../../../testing/toys.ts';
import { readSyntax } from '../../core/read-syntax.ts';
import { lowerDefinition, wireTasks } from '../../keywords/index.ts';
import { betaSyntax } from './index.ts';

const registry = toyRegistry({ name: 'beta', syntaxes: [betaSyntax] });
const read = (text: string) => readSyntax(toyConfig(text), registry);

const workflow = `global:
  resources: {memory: 2GB, process_on: gpu_if_available}
  flow: prefect::Local
  variables: {MODE: test}
tasks:
  - name: first words
    type: fasthep_flow.operators.BashOperator
    kwargs: {bash_command: echo, arguments: ["Hello, world", plain]}
  - name: fit
    type: fasthep_flow.operators.PythonOperator
    with: {python_callable: fits.profile, arguments: {steps: 3}}
    needs: [first words]
  - name: mine
    type: my_package.stages.Scan
    kwargs: {low: 1}
    needs: []
    environment: {image: "python:3.12", variables: {A: 1}}
variations:
  - {name: "mine [up]", changes: {kwargs: {low: 2}}}
`;

describe('beta', () => {
  it('is recognised by its tasks, and becomes shell and python tasks', () => {
    const { definition, problems, syntax } = read(workflow);
    expect(syntax).toBe('beta');
    expect(problems).toEqual([]);
    expect(definition.settings).toEqual({
      run: { backend: 'local' },
      default: { resources: { memory: '2GB', gpu: 'optional' }, env: { MODE: 'test' } },
    });
    expect(
      Object.entries(definition.tasks).map(([name, { operator, args, needs, control }]) => ({
        name,
        operator,
        args,
        needs,
        ...control,
      })),
    ).toEqual([
      {
        name: 'first words',
        operator: 'shell',
        args: { run: "echo 'Hello, world' plain" },
        needs: undefined,
      },
      {
        name: 'fit',
        operator: 'python',
        args: { call: 'fits:profile', args: { steps: 3 } },
        needs: [{ task: 'first words' }],
      },
      {
        name: 'mine',
        operator: 'python',
        args: { call: 'my_package.stages:Scan', args: { low: 1 } },
        needs: [],
        resources: { image: 'python:3.12' },
        env: { A: 1 },
      },
      {
        name: 'mine [up]',
        operator: 'python',
        args: { call: 'my_package.stages:Scan', args: { low: 2 } },
        needs: [],
        resources: { image: 'python:3.12' },
        env: { A: 1 },
      },
    ]);
    const lowered = lowerDefinition(definition, registry);
    expect(lines([...lowered.problems, ...wireTasks(lowered.definition, registry).problems])).toEqual([]);
    expect(lowered.definition.tasks.fit!.control).toMatchObject({ env: { MODE: 'test' } });
  });

  it.each([
    [
      'tasks:\n  - {name: a, type: BashOperator, kwargs: {bash_comand: ls}}\n',
      /FLOW-T003 2:44 unknown key 'bash_comand' .*did you mean 'bash_command'/,
    ],
    [
      'tasks:\n  - {name: a, type: x.Y, kwargs: {when: {all: [pt > 3]}}}\n',
      /FLOW-T002 .*chooses events .*filter/,
    ],
    ['tasks:\n  - {name: a, type: x.Y}\n  - {type: x.Z}\n', /FLOW-T002 3:5 a task needs a name and a type/],
    [
      'tasks:\n  - {name: a, type: x.Y}\nvariations:\n  - {name: "b [up]"}\n',
      /FLOW-T002 4:5 there is no task 'b' to vary/,
    ],
    [
      'tasks:\n  - {name: a, type: x.Y, need: [b]}\n',
      /FLOW-T003 2:26 unknown key 'need' in task 'a' \(did you mean 'needs'/,
    ],
  ])('%j', (text, expected) => {
    expect(lines(read(text).problems).join('\n')).toMatch(expected);
  });
});
