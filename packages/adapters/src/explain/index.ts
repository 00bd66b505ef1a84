/** The page of each error code: what `fasthep-flow explain CODE` prints. */
import type { Plugin } from '@fasthep/flow';

export const explanations: NonNullable<Plugin['explanations']> = {
  'adapt.assert': {
    title: 'a condition on results that does not hold',
    text: 'A condition of `assert` is false, or cannot be decided. It names results as `task.field`: fields of a table of one row, or of what a reader or a function gave. Names of the config are pasted with ${…}.',
    right: 'check: {assert: {that: counts.n > 0, message: nothing is left}}',
  },
  'adapt.call': {
    title: 'a call that names no code',
    text: '`call` names a file and what is in it: `readers.mjs:Leading`, `fits.py:profile`. Files of JavaScript and TypeScript may leave out the name, for their default export. `js` calls JavaScript, `python` Python, `reader` both.',
  },
  'adapt.code': {
    title: 'code that cannot be loaded',
    text: 'The file is not there (paths count from the workflow that says them), cannot be loaded, or has nothing of that name. TypeScript files need a Node that strips types.',
  },
  'adapt.code-changed': {
    title: 'code that changed while the run was going on',
    text: 'Results count by the contents of the code that made them. The file is not what it was when the run was planned: run again.',
  },
  'adapt.export': {
    title: 'something that has no translation',
    text: 'An export goes through the workflow task by task and refuses by name what the other system cannot say; warnings name tasks that are left out. A coffea processor has defines, filters, cutflows, weights, variations, regions and histograms of trees; joins are cut into jobs.',
  },
  'adapt.field': {
    title: 'a reader that reads an unknown field',
    text: 'A name in `reads` is no field of the rows. Names of collections are spelled with a dot or an underscore.',
  },
  'adapt.input': {
    title: 'an input that makes no files',
    text: 'A command gets its inputs as files, and this kind of product has none.',
  },
  'adapt.no-merge': {
    title: 'the result of a reader without merge',
    text: 'Each partition has a reader of its own, and their results are merged. A reader without `merge` has no result for more than one partition: give it a `merge(other)`, or let it see all events in one pass.',
    wrong: 'reader: {call: "readers.py:Ewma"}',
    right: 'reader: {call: "readers.py:Ewma", order: whole-dataset}',
  },
  'adapt.produces': {
    title: 'a field that a reader did not write as announced',
    text: 'Every event that is kept needs a value of the announced type for each field of `produces`. Fields that may be missing are announced with a question mark.',
    right: 'produces: {ht: float, since: "float?", good_pt: "float[]"}',
  },
  'adapt.python': {
    title: 'no Python',
    text: 'Python code needs a python3 in the search path, or one that FASTHEP_PYTHON names. Its packages are those that the code imports; tables are passed as Arrow where pyarrow is installed.',
  },
  'adapt.reader': {
    title: 'something that is no reader',
    text: 'A reader is a class or an object with a function `event`, or such a function itself.',
    right: 'export class Leading { event(event, out) { out.lead = event.jet_pt.at(0) ?? -1; } }',
  },
  'adapt.result': {
    title: 'a function that gave something else',
    text: 'The function did not return what `gives` announces: columns or rows for a table, the UHI form for a histogram.',
  },
  'adapt.shell': {
    title: 'a command that failed',
    text: 'The command could not be started, ended with another code than 0, or did not make a file that `outputs` names. It runs in a folder of its own, which holds its inputs as files; what it printed is in the log.',
  },
  'adapt.single-tree': {
    title: 'two fields of one name in a flat tree',
    text: 'Without dots two fields would have one name. Give another `sep`, or rename one of them above.',
  },
  'adapt.state': {
    title: 'a state that cannot be stored',
    text: 'What a reader keeps is stored between partition and merge. It may hold numbers, texts, lists, maps, sets and typed arrays, but no functions, and not itself.',
  },
  'adapt.type': {
    title: 'an unknown type of a field',
    text: 'Types in `produces` are float, int, bool, string or those of numpy (`float32`, `int16`); `float[]` is a list, `float?` may be missing.',
  },
  'adapt.user-code': {
    title: "an error of the user's own code",
    text: 'The message is that of the error, with the function and the event or line where it arose; the whole trace stands in the journal.',
  },
};
