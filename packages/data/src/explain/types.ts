/** The page of an error code: what `fasthep-flow explain CODE` prints, and the manual shows. */
export interface Explanation {
  title: string;
  /** Why it is an error and what to do, a few sentences. */
  text: string;
  /** What provokes it, as written by a user. */
  wrong?: string;
  right?: string;
}
