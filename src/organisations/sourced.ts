/** Where a fact comes from, beside the fact: a public source, or why it is assumed. One of the two is null. */
export interface Sourced {
  source: { title: string; reference: string; dated: string | null } | null;
  assumed: string | null;
}
