export { gitCommit } from './git.ts';
export { type Journal, openJournal, parseJournal } from './journal.ts';
export { type Provenance, type ProvenanceOptions, provenance } from './provenance.ts';
export {
  createRunDirectory,
  openRunDirectory,
  type RunDirectory,
  type RunReader,
  runReader,
} from './run-directory.ts';
export { writeWhole } from './whole.ts';
