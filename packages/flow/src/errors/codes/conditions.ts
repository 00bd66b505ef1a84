import type { Explanation } from './explanation.ts';

/** Conditions about tasks: `when`, `if`, `that`, `scale`, `only`. */
export const CONDITIONS: Record<string, Explanation> = {
  'FLOW-W001': {
    title: 'a condition that cannot be read',
    text: 'Conditions are written in the one expression grammar: `campaign.year in [2017, 2018] and not campaign.quick`.',
    wrong: 'when: campaign.year = 2018',
    right: 'when: campaign.year == 2018',
  },
  'FLOW-W002': {
    title: 'an unknown name in a condition',
    text: 'Conditions about tasks see your config (`campaign.quick`), the dataset (`dataset.kind`) and results of tasks (`fit.chi2`). Nothing else.',
    wrong: 'when: campain.quick',
    right: 'when: campaign.quick',
  },
  'FLOW-W003': {
    title: 'a field in a condition about tasks',
    text: '`when` decides about a whole task, once. Conditions on rows stand in `filter` or `cutflow`, or inside expressions (`where(cond, a, b)`).',
    wrong: 'select: {when: Muon.pt > 25, define: {y: x}}',
    right: 'select: {filter: any(Muon.pt > 25)}',
  },
  'FLOW-W004': {
    title: 'a condition that is not true or false',
    text: 'A condition must give true or false; texts, lists and maps are not taken for one. Compare the value with something.',
    wrong: "campaign: {quick: 'yes'}\n...\nwhen: campaign.quick",
    right: 'campaign: {quick: true}\n...\nwhen: campaign.quick',
  },
  'FLOW-W005': {
    title: 'rules and when together',
    text: 'Both decide whether a task runs. Put the condition of `when` into the rules: each rule can have `if` and `when`.',
    wrong: 'fit: {when: campaign.fit, rules: [{if: campaign.quick}], shell: ./fit}',
    right: 'fit: {rules: [{if: campaign.fit and campaign.quick}], shell: ./fit}',
  },
  'FLOW-W006': {
    title: 'a word of when that has no meaning here',
    text: "Of GitLab's words `always`, `on_success`, `on_failure` and `never` are carried over. A run has no buttons and no clock: for a task that runs only when asked for, use `tags: [never, name]` and `--tags name`.",
    wrong: 'publish: {when: manual, write: out.csv}',
    right: 'publish: {tags: [never, publish], write: out.csv}',
  },
  'FLOW-W007': {
    title: 'rules that cannot be decided in time',
    text: '`rules` with `with` change the arguments of a task, so they are decided before the datasets and results are known: their conditions name config only.',
    wrong: "rules: [{if: dataset.kind == 'mc', with: {rows: [0, 100]}}]",
    right: 'rules: [{if: campaign.quick, with: {rows: [0, 100]}}]',
  },
  'FLOW-W008': {
    title: 'rows that wait for a result',
    text: 'A condition on a result (`when: fit.valid`) is decided when that task has run. The steps of a stream are planned before, so a task that gives rows cannot be left out then: the products made of its rows can.',
    wrong: 'cut: {when: fit.valid, filter: x > 1}',
    right: 'spectrum: {when: fit.valid, hist: {x: {field: x, bins: [10, 0, 1]}}}',
  },
  'FLOW-W009': {
    title: 'a task that is there for all datasets or for none',
    text: '`when: dataset…` leaves steps of a stream out for some datasets: `define`, `filter`, `weight`, `hist`, … An operator that makes other rows (`explode`, `join`, `sort`) or works on a product (`merge`, `plot`, `write`) sees all of them.',
    wrong: "objects: {when: dataset.kind == 'mc', explode: Muon}",
    right: "simulated: {filter: dataset.kind == 'mc'}\nobjects: {explode: Muon}",
  },
  'FLOW-W010': {
    title: 'two catalogues that disagree',
    text: 'A word of the catalogue (`dataset.xsec`) is asked for by the name of the dataset, so sources that have a dataset of one name must say the same of it.',
    wrong:
      'a: {read: {datasets: [{name: zz, files: [a.root], xsec: 1}]}}\nb: {read: {datasets: [{name: zz, files: [b.root], xsec: 2}]}}',
    right:
      'a: {read: {datasets: "${datasets}", tree: Events}}\nb: {read: {datasets: "${datasets}", tree: Runs}}',
  },
};
