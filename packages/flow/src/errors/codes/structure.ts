import type { Explanation } from './explanation.ts';

/** The shape of a workflow file: its keys, tasks and names. */
export const STRUCTURE: Record<string, Explanation> = {
  'FLOW-S001': {
    title: 'no tasks',
    text: 'A workflow is a map with a section `tasks`, and that is a map of tasks by name (or a list of tasks, each with a `name`).',
    wrong: 'read: data.csv',
    right: 'tasks:\n  rows: {read: data.csv}',
  },
  'FLOW-S002': {
    title: 'unknown key in a task',
    text: 'Besides its one operator a task has keywords only. A key that is neither is refused, because a misspelt keyword that is passed over silently changes what the workflow does.',
    wrong: 'select: {filter: x > 1, wehn: campaign.quick}',
    right: 'select: {filter: x > 1, when: campaign.quick}',
  },
  'FLOW-S003': {
    title: 'unknown operator',
    text: 'No pack that is loaded has an operator of this name. Packs beside the shipped ones are named in `use:`. Where two packs have an operator of one name, write `pack.operator`.',
    wrong: 'spectrum: {hsit: {x: {field: pt}}}',
    right: 'spectrum: {hist: {x: {field: pt}}}',
  },
  'FLOW-S004': {
    title: 'two operators in one task',
    text: 'A task does one thing: it has exactly one operator. Make two tasks of it; the second reads what the first leaves.',
    wrong: 'select: {define: {y: x * 2}, filter: y > 1}',
    right: 'doubled: {define: {y: x * 2}}\nselect: {filter: y > 1}',
  },
  'FLOW-S005': {
    title: 'no operator in a task',
    text: 'A task needs exactly one operator, its own or that of a template it extends. The value of the operator key is its arguments.',
    wrong: 'select: {needs: [events]}',
    right: 'select: {needs: [events], filter: x > 1}',
  },
  'FLOW-S006': {
    title: 'a section that nothing refers to',
    text: 'A top-level section that is not a keyword is your own config. Nothing refers to this one, so it has no effect: it is misspelt, or left over. Refer to it (`${section.key}`, or by name in a condition) or delete it.',
    wrong: 'taks:\n  rows: {read: data.csv}',
    right: 'tasks:\n  rows: {read: data.csv}',
  },
  'FLOW-S007': {
    title: 'a task and a section of one name',
    text: 'Conditions name sections (`campaign.quick`) and results of tasks (`fit.chi2`) in the same way, so no name may be both.',
    wrong: 'mass: [60, 120]\ntasks:\n  mass: {hist: {x: {field: m}}}',
    right: 'window: [60, 120]\ntasks:\n  mass: {hist: {x: {field: m}}}',
  },
  'FLOW-S008': {
    title: 'reserved name',
    text: 'This word has a meaning of its own in a workflow (a top-level key, or a name that conditions see), so no task can be called that.',
    wrong: 'tasks:\n  dataset: {read: data.csv}',
    right: 'tasks:\n  rows: {read: data.csv}',
  },
  'FLOW-S009': {
    title: 'a key of another language',
    text: 'The key is known from GitLab CI or Ansible, and has no meaning in a workflow of data. It is refused rather than ignored; the help names what to use instead.',
    wrong: 'select: {filter: x > 1, register: selected}',
    right: 'select: {filter: x > 1}   # the output is called by the task: select',
  },
  'FLOW-S010': {
    title: 'a task that is not a map',
    text: 'A task is a map: one operator with its arguments, and keywords.',
    wrong: 'tasks:\n  figure: plot',
    right: 'tasks:\n  figure: {plot: figure.svg}',
  },
  'FLOW-S011': {
    title: 'a name that cannot be used',
    text: 'A dot in `task.port` parts a task from one of its outputs, so names of tasks have none (a leading one marks a template). Names are not empty, and have no `/`, `{` or `}`: they become names of files.',
    wrong: 'tasks:\n  mass.high: {filter: m > 100}',
    right: 'tasks:\n  mass_high: {filter: m > 100}',
  },
  'FLOW-S012': {
    title: 'a keyword with a value of the wrong kind',
    text: 'The value does not fit what the keyword takes.',
    wrong: 'fit: {shell: ./fit, retry: often}',
    right: 'fit: {shell: ./fit, retry: 2}',
  },
  'FLOW-S013': {
    title: 'two tasks of one name',
    text: 'Tasks are called by their names, so each name stands once. Tasks of a list each need a `name`.',
    wrong: 'tasks:\n  - {name: a, filter: x > 1}\n  - {name: a, filter: x > 2}',
    right: 'tasks:\n  - {name: a, filter: x > 1}\n  - {name: b, filter: x > 2}',
  },
  'FLOW-S014': {
    title: 'a word that YAML 1.1 reads as true or false',
    text: 'Here `on`, `off`, `yes` and `no` are texts, as in YAML 1.2; but editors and other tools still read them as true and false. Use another name, or quote it.',
    wrong: 'tasks:\n  on: {read: data.csv}',
    right: 'tasks:\n  rows: {read: data.csv}',
  },
  'FLOW-S015': {
    title: 'a key that cannot be overridden',
    text: 'The command line cannot spell a key with a leading dot or digit, or with brackets. The file means the same; only overrides do not reach it.',
    wrong: 'tasks:\n  .axis: {hist: {x: {field: m}}}',
    right: 'tasks:\n  _axis: {hist: {x: {field: m}}}',
  },
  'FLOW-S016': {
    title: 'no syntax fits the document',
    text: 'The workflow is not in a syntax that is loaded, or none of that name is. Name one with `--syntax`.',
  },
};
