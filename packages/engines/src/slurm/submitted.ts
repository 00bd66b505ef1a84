/** What was submitted, beside the round: a later command finds the jobs by it. */
export interface Submitted {
  /** Name of all jobs of the round. */
  name: string;
  /** Array jobs, in order of submission. */
  jobs: { id: string; members: string[][] }[];
}
