import type { Explanation } from './explanation.ts';

/** Running: tasks, stores, run directories, packs. */
export const RUN: Record<string, Explanation> = {
  'FLOW-R001': {
    title: 'a task failed',
    text: 'An operator could not do its work. The message is its own; file, dataset and rows are named where they are known. Whatever does not depend on the task was made; running again starts from there.',
  },
  'FLOW-R002': {
    title: 'a stored result is gone',
    text: 'A result that was in the store cannot be read any more: it was deleted, or damaged and dropped. The run makes it again by itself; `fasthep-flow cache verify` looks at the whole store.',
  },
  'FLOW-R003': {
    title: 'interrupted',
    text: 'The run was stopped while the task was at work. What was done is stored: the same command goes on from there.',
  },
  'FLOW-R004': {
    title: 'a condition on results that cannot be decided',
    text: '`when` names a result that has no such field, or that is not true or false. Results are named as `task.field`.',
    wrong: 'publish: {when: fit.chi, write: out.csv}',
    right: 'publish: {when: fit.chi2 < 5, write: out.csv}',
  },
  'FLOW-R005': {
    title: 'an operator does not do what it says',
    text: 'The code of a pack does not fit the plan: another version is loaded than the plan was made with, or an operator left out a result that it announced.',
  },
  'FLOW-R006': {
    title: 'a timeout',
    text: 'An attempt took longer than the `timeout` of its task, and was stopped.',
    right: 'fit: {python: {call: "fit.py:run"}, timeout: 2h, retry: 1}',
  },
  'FLOW-R007': {
    title: 'a file that cannot be published',
    text: 'Products become files of the run directory, each with its own name, and none outside of it.',
    wrong: 'mass: {plot: ../figure.svg}',
    right: 'mass: {plot: figures/{task}.svg}',
  },
  'FLOW-R008': {
    title: 'no such run, plan or task',
    text: 'Runs are named by their folder, tasks as `plan` shows them: `mass`, or `events.rows[3]` for one of several. `fasthep-flow runs` lists the runs.',
  },
  'FLOW-R009': {
    title: 'a part that is not installed',
    text: 'The back end or pack that was asked for is not there. Install it, name it under `use:`, or choose another.',
    right: 'run: {backend: local}',
  },
  'FLOW-R010': {
    title: 'a file is there already',
    text: '`init` never writes over files.',
    right: 'fasthep-flow init new_folder',
  },
  'FLOW-R011': {
    title: 'a worker died',
    text: 'A worker thread ended while it was at work, most often for want of memory. It was replaced, and the task tried again. If it happens every time, give fewer workers or smaller partitions.',
    right: 'fasthep-flow run flow.yaml --workers 1 run.partition_size=64MB',
  },
  'FLOW-R012': {
    title: 'a full disk',
    text: 'There is no room for results or for the run directory. What was stored stays good: make room, and the same command goes on.',
    right: 'fasthep-flow cache gc --older-than 30d',
  },
  'FLOW-R013': {
    title: 'a folder that may not be written',
    text: 'The store and the run directory need a place where you may write. By default both lie in the current folder.',
    right: 'run: {store: ~/store, out: ~/runs/{workflow}/{time}}',
  },
  'FLOW-R014': {
    title: 'a store that is none',
    text: 'What `run.store` names is not a folder, and cannot become one.',
    right: 'run: {store: ./store}',
  },
  'FLOW-R015': {
    title: 'a broken archive',
    text: 'A file that `cache import` reads was cut or changed since `cache export` wrote it.',
    right: 'fasthep-flow cache export results.store',
  },
  'FLOW-R016': {
    title: 'a file that cannot be used',
    text: 'The operating system refused to open, read or write a file. Its own words follow.',
  },
  'FLOW-R017': {
    title: 'neither a block nor its rescue gave anything',
    text: 'The name of a block with a rescue stands for the output of its last task, or for that of the rescue. Neither was made: both failed, or were left out.',
  },
  'FLOW-R018': {
    title: 'a check that does not hold',
    text: 'The output of a task does not meet what its `check` asks for. The result is not kept, and what depends on it does not run; with `level: warn` it is kept, and the run says so. A condition must hold for each row; reductions go over all rows.',
    right: 'eff: {efficiency: passed, check: {that: [0.5 < efficiency <= 1, min(all) > 0], level: warn}}',
  },
  'FLOW-R019': {
    title: 'what is before `--from` is not stored',
    text: '`--from TASK` runs the task and all that follows from it, with the stored results of what is before. These were never made, were made with other arguments or of other files, or were cleaned up. `fasthep-flow why` says which.',
    right: 'fasthep-flow run flow.yaml --only select',
  },
  'FLOW-R020': {
    title: 'a plan without its secrets',
    text: 'Values of `secrets` are never written down, so the plan in a run directory does not hold them. A task with such an argument is run from the workflow; all others run from the plan.',
    right: 'fasthep-flow run flow.yaml --only upload',
  },
  'FLOW-R030': {
    title: 'an engine that is not set up',
    text: 'The back end runs on another program, which is not installed here or lacks packages. `fasthep-flow backends` shows which can be used and how to get the others; Python engines are set up once, with pinned versions.',
    right: 'fasthep-flow setup python --engine dask',
  },
  'FLOW-R031': {
    title: 'an engine that failed',
    text: 'Not a task, but the program that runs them ended with an error. Its log is in the folder `engine` of the run directory. What was made is in the store: running again goes on from there, also with another back end.',
    right: 'fasthep-flow run flow.yaml run.backend=local',
  },
  'FLOW-U001': {
    title: 'a pack that cannot be loaded',
    text: '`use:` names npm packages, or files by a path that begins with `./`. A pack exports its plug-in as `default`.',
    wrong: 'use: [my-plugin.js]',
    right: 'use: [./my-plugin.js]',
  },
};
